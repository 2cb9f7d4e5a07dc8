import { confirmTotp, removeTotp, startTotp } from '@fangang/domain/offices/api-account.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type ReactNode, useState } from 'react';
import { call, newKey, type ReplyOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { Codes } from './Codes.tsx';
import { ConfirmForm } from './ConfirmForm.tsx';
import { useStep } from './use-step.ts';

/** White modules around the code, as ISO/IEC 18004 asks. */
const QUIET = 4;
const SIDE_PX = 200;

function QrCode({ qr, label }: { qr: { side: number; path: string }; label: string }): ReactNode {
  const all = qr.side + 2 * QUIET;
  return (
    <svg
      className="office-qr"
      viewBox={`${-QUIET} ${-QUIET} ${all} ${all}`}
      width={SIDE_PX}
      height={SIDE_PX}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={qr.path} fill="#000" />
    </svg>
  );
}

/** The authenticator's code to scan, the first six digits, then the recovery codes. */
export function AddTotp({ onDone, mark }: { onDone: () => void; mark?: ReactNode }): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const [begun, setBegun] = useState<ReplyOf<typeof startTotp> | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = async (): Promise<void> => {
    const reply = await run(() => call(startTotp, { body: { key: newKey() } }));
    if (reply) setBegun(reply);
  };
  if (codes) return <Codes codes={codes} onKept={onDone} />;
  if (!begun) {
    return (
      <>
        {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
        <span className="office-line">
          {mark}
          <Button kind={mark ? 'link' : 'main'} busy={busy} onPress={() => void begin()}>
            {say('addAuthenticator')}
          </Button>
        </span>
      </>
    );
  }
  return (
    <div className="office-scan">
      <QrCode qr={begun.qr} label={say('scanLabel')} />
      <div>
        <p>{say('scan')}</p>
        <p className="labelled-hint">{say('scanSecret', { secret: begun.secret })}</p>
        <ConfirmForm
          label={say('codeTitle')}
          button={say('confirm')}
          kind="code"
          send={(code) => call(confirmTotp, { body: { code, key: newKey() } })}
          onDone={(reply) => setCodes(reply.codes)}
          onCancel={() => setBegun(null)}
        />
      </div>
    </div>
  );
}

/** The authenticator of the own account: on, off, taken on, taken off. */
export function TotpPart({ since, onChange }: { since: string | null; onChange: () => void }): ReactNode {
  const say = useWords(accountWords);
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const done = (text: string): void => {
    setAsking(false);
    toast({ text });
    onChange();
  };
  if (!since) {
    const mark = <StatusMark kind="todo">{say('off')}</StatusMark>;
    return <AddTotp mark={mark} onDone={() => done(say('authenticatorAdded'))} />;
  }
  if (asking) {
    return (
      <ConfirmForm
        label={say('currentPassword')}
        hint={say('removeNeedsPassword')}
        button={say('remove')}
        kind="password"
        send={(password) => call(removeTotp, { body: { password, key: newKey() } })}
        onDone={() => done(say('authenticatorRemoved'))}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <span className="office-line">
      <StatusMark kind="done">{say('authenticatorOn', { at: momentOf(since) })}</StatusMark>
      <Button kind="link" onPress={() => setAsking(true)}>
        {say('remove')}
      </Button>
    </span>
  );
}
