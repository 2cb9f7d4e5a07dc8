import { describe, expect, it } from 'vitest';
import { Stopped } from '../platform/stop.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

function fakeHouse(): { house: House; opened: OpenHouse; did: string[] } {
  const did: string[] = [];
  const opened = {
    close: async (how?: 'cut') => void did.push(how ?? 'closed'),
  } as unknown as OpenHouse;
  const house = { open: async () => opened } as unknown as House;
  return { house, opened, did };
}

describe('a command', () => {
  it('closes the installation when it is done, and when it breaks', async () => {
    const { house, did } = fakeHouse();
    expect(await withHouse(house, async () => 7)).toBe(7);
    const broken = withHouse(house, async () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(did).toEqual(['closed', 'closed']);
  });

  it('tidies up and waits for nothing on Ctrl-C', async () => {
    const { house, did } = fakeHouse();
    const cut = withHouse(
      house,
      async () => {
        setImmediate(() => process.emit('SIGINT', 'SIGINT'));
        await new Promise(() => undefined);
      },
      async () => void did.push('tidied'),
    );
    await expect(cut).rejects.toThrow(Stopped);
    expect(did).toEqual(['tidied', 'cut']);
  });
});
