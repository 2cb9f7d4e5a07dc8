import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from './process-mark.ts';
import { Stopped, watchForStop } from './stop.ts';

const MODULE = JSON.stringify(new URL('./stop.ts', import.meta.url).href);
/** Says its number, waits for a request to stop, and says what it was. */
const WATCHER = `
  const { watchForStop } = await import(${MODULE});
  const stop = watchForStop();
  process.stdout.write(process.pid + ' ');
  const alive = setInterval(() => undefined, 1000);
  process.stdout.write(await stop.asked);
  clearInterval(alive);
  stop.off();`;
/** Like the shell that npm puts between: starts the watcher and passes no signal on. */
const SHELL = `
  const { spawn } = await import('node:child_process');
  spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', process.env.WATCHER], { stdio: 'inherit' });
  setInterval(() => undefined, 1000);`;

let child: ChildProcess | undefined;
let left = 0;
afterEach(() => {
  child?.kill('SIGKILL');
  if (left > 0 && isAlive(left)) process.kill(left, 'SIGKILL');
  left = 0;
});

async function start(code: string, env: NodeJS.ProcessEnv): Promise<() => Promise<string>> {
  child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    cwd: import.meta.dirname,
    env: { ...process.env, WATCHER, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (text) => (said += text));
  while (!said.includes(' ')) await pause(10);
  left = Number(said.split(' ')[0]);
  return async () => {
    for (let i = 0; i < 300 && isAlive(left); i++) await pause(10);
    return said.slice(said.indexOf(' ') + 1);
  };
}

describe('a request to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('is %s', async (signal) => {
    const said = await start(WATCHER, {});
    child?.kill(signal);
    expect(await said()).toBe(signal);
  });

  it('is the end of the shell that npm had started us with', async () => {
    const said = await start(SHELL, { npm_lifecycle_event: 'start' });
    const gone = once(child as ChildProcess, 'exit');
    child?.kill('SIGTERM');
    await gone;
    expect(await said()).toBe('SIGTERM');
    expect(isAlive(left)).toBe(false);
  });

  it('is not the end of any other parent: who detaches us means it', async () => {
    const said = await start(SHELL, { npm_lifecycle_event: 'test' });
    child?.kill('SIGTERM');
    await pause(1500);
    expect(isAlive(left)).toBe(true);
    process.kill(left, 'SIGTERM');
    expect(await said()).toBe('SIGTERM');
  });

  it('is told once, and leaves nothing behind', async () => {
    const before = process.listenerCount('SIGINT');
    const stop = watchForStop();
    expect(stop.isAsked()).toBe(false);
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await stop.asked).toBe('SIGINT');
    expect(stop.isAsked()).toBe(true);
    stop.off();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

it('ends a command with the code that shells know', () => {
  expect(new Stopped('SIGINT').exit).toBe(130);
  expect(new Stopped('SIGTERM').exit).toBe(143);
});
