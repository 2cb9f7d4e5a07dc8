import type { Refusal } from '@fangang/domain/basics/result.ts';
import { CancelReason, cancelTripNow, type TripView } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';

/** Calls a run off: the one step here that cannot be taken back, so it asks why. */
export function CancelDrawer({ view, onClose }: { view: TripView; onClose: () => void }): ReactNode {
  const say = useWords(tripWords);
  const toast = useToast();
  const { send, busy } = useWrite(cancelTripNow, ['people', 'figures']);
  const [reason, setReason] = useState<CancelReason | ''>('');
  const [error, setError] = useState<Refusal | null>(null);
  const { id, code } = view.trip;
  const callOff = async (): Promise<void> => {
    if (reason === '') return;
    const answer = await send({ params: { tripId: id }, body: { reason } });
    if (!answer.ok) return setError(answer.refusal);
    toast({ text: say('cancelled', { code, n: answer.value.people }) });
    onClose();
  };
  return (
    <Drawer
      title={say('cancelTitle', { code })}
      onClose={onClose}
      foot={
        <Button kind="danger" busy={busy} disabled={reason === ''} onPress={() => void callOff()}>
          {say('cancel')}
        </Button>
      }
    >
      <p>{say('cancelMeans', { n: view.passengers.length })}</p>
      <SelectField
        label={say('cancelWhy')}
        value={reason}
        onChange={setReason}
        options={CancelReason.options.map((value) => ({ value, label: say(`cancel.${value}`) }))}
      />
      {error && <ErrorNote error={error} tables={[tripRefusals]} />}
    </Drawer>
  );
}
