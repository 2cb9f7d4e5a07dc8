import { confirmTotp, removeTotp, startTotp } from '@fangang/domain/offices/api-account.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type ReactNode, useState } from 'react';
import { call, newKey, type ReplyOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { Codes } from './Codes.tsx';
import { ConfirmForm } from './ConfirmForm.tsx';
import { type Asked, ProveForm } from './ProveForm.tsx';

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

/** Who it is, the authenticator's code to scan, the first six digits, then the recovery codes. */
export function AddTotp({
  asked,
  onDone,
  mark,
}: {
  asked: Asked;
  onDone: () => void;
  mark?: ReactNode;
}): ReactNode {
  const say = useWords(accountWords);
  const [asking, setAsking] = useState(false);
  const [begun, setBegun] = useState<ReplyOf<typeof startTotp> | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <Codes codes={codes} onKept={onDone} />;
  if (!begun && asking) {
    return (
      <ProveForm
        asked={asked}
        button={say('addAuthenticator')}
        send={(proof) => call(startTotp, { body: { ...proof, key: newKey() } })}
        onDone={setBegun}
        onCancel={() => setAsking(false)}
      />
    );
  }
  if (!begun) {
    return (
      <span className="office-line">
        {mark}
        <Button kind={mark ? 'link' : 'main'} onPress={() => setAsking(true)}>
          {say('addAuthenticator')}
        </Button>
      </span>
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
          onCancel={() => {
            setBegun(null);
            setAsking(false);
          }}
        />
      </div>
    </div>
  );
}

/** The authenticator of the own account: on, off, taken on, taken off. */
export function TotpPart({
  since,
  asked,
  onChange,
}: {
  since: string | null;
  asked: Asked;
  onChange: () => void;
}): ReactNode {
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
    return <AddTotp asked={asked} mark={mark} onDone={() => done(say('authenticatorAdded'))} />;
  }
  if (asking) {
    return (
      <ProveForm
        asked={asked}
        button={say('remove')}
        send={(proof) => call(removeTotp, { body: { ...proof, key: newKey() } })}
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
