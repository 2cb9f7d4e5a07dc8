import { type AskingOfUs, answerTransfer } from '@fangang/domain/people/api-transfer.ts';
import { TRANSFER_REFUSALS, type TransferRefusal } from '@fangang/domain/people/rules-transfer.ts';
import {
  transferReasonWords,
  transferRefusalWords,
  transferWhyWords,
  transferWords,
} from '@fangang/domain/people/words-transfer.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';

/** Somebody on our books is asked for: hand over, or say why not. */
export function AnswerTransfer({ asking, onClose }: { asking: AskingOfUs; onClose: () => void }): ReactNode {
  const say = useWords(transferWords);
  const sayReason = useWords(transferReasonWords);
  const sayWhy = useWords(transferWhyWords);
  const nameOf = useNames();
  const toast = useToast();
  const { send, busy } = useWrite(answerTransfer, ['trips', 'figures']);
  const [reason, setReason] = useState<TransferRefusal | ''>('');
  const [problem, setProblem] = useState<unknown>(null);
  const { person, officeName } = asking;
  const name = nameOf(person.name, person.pinyin);
  const give = async (answer: 'agree' | 'refuse'): Promise<void> => {
    setProblem(null);
    const body = { personId: person.id, answer, ...(reason !== '' && answer === 'refuse' && { reason }) };
    try {
      const done = await send({ params: { transferId: asking.id }, body });
      if (!done.ok) return setProblem(done.refusal);
      toast({ text: answer === 'agree' ? say('agreed', { office: officeName }) : say('refused') });
      onClose();
    } catch (fault) {
      setProblem(fault);
    }
  };
  return (
    <Drawer title={name} sub={nameOf(person.areaName, person.areaPinyin)} onClose={onClose}>
      {problem !== null && <ErrorNote error={problem} tables={[transferRefusalWords]} />}
      <dl className="facts">
        <dt>{say('from')}</dt>
        <dd>
          {nameOf(asking.fromName, asking.fromPinyin)} {officeName}
        </dd>
        <dt>{say('why')}</dt>
        <dd>{sayWhy(asking.why)}</dd>
        <dt>{say('until')}</dt>
        <dd>{momentOf(asking.expiresAt)}</dd>
      </dl>
      <div className="people-form">
        <p>{say('agreeSure', { name, office: officeName })}</p>
        <p>
          <Button kind="main" busy={busy} onPress={() => void give('agree')}>
            {say('agree')}
          </Button>
        </p>
        <SelectField<TransferRefusal>
          label={say('reason')}
          value={reason}
          options={TRANSFER_REFUSALS.map((value) => ({ value, label: sayReason(value) }))}
          onChange={setReason}
        />
        <p>
          <Button busy={busy} onPress={() => void give('refuse')}>
            {say('refuse')}
          </Button>
        </p>
      </div>
    </Drawer>
  );
}
