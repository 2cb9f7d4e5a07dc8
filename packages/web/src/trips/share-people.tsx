import { type ReceivedShare, readShare } from '@fangang/domain/trips/api-share.ts';
import { shareRefusalWords, shareWords } from '@fangang/domain/trips/words-share.ts';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';

type Person = ReplyOf<typeof readShare>['people'][number];

/** The people of a run that a partner shows. */
export function SharedPeople({ share, onClose }: { share: ReceivedShare; onClose: () => void }): ReactNode {
  const say = useWords(shareWords);
  const nameOf = useNames();
  const { data, error } = useRead(readShare, { params: { shareId: share.id } });
  const columns: Column<Person>[] = [
    { key: 'name', title: say('name'), width: 120, cell: (it) => <b>{nameOf(it.name, it.pinyin)}</b> },
    { key: 'board', title: say('board'), cell: (it) => nameOf(it.boardName, it.boardPinyin) },
    { key: 'tail', title: say('tail'), width: 80, cell: (it) => it.tail },
  ];
  return (
    <Drawer title={share.code} sub={say('lookNoted')} onClose={onClose}>
      {error && <ErrorNote error={error} tables={[shareRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className="shares-count">{say('people', { n: data.people.length })}</p>
          <RuledTable
            label={share.code}
            columns={columns}
            rows={data.people}
            keyOf={(it) => `${it.name} ${it.tail} ${it.boardName}`}
            empty={<EmptyState title={say('noPeople')} />}
          />
        </>
      )}
    </Drawer>
  );
}
