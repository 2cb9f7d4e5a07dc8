import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import type { ReactNode } from 'react';
import { useNames, useWords } from '../platform/language.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { DOORS_OF_LEG, hasBoarded, MARK_OF_LEG, partySeats } from './trip-parts.tsx';

function useColumns(view: TripView): readonly Column<Passenger>[] {
  const say = useWords(tripWords);
  const names = useNames();
  const stopName = (no: number): string => {
    const stop = view.stops.find((it) => it.no === no);
    return stop ? names(stop.name, stop.pinyin) : '';
  };
  const need = (it: Passenger): string => {
    const seats = partySeats(it, view.passengers);
    const together = seats.length > 0 ? say('withSeat', { seats: seats.slice(0, 4).join('/') }) : '';
    return [it.wheelchair ? say('wheelchair') : '', together].filter(Boolean).join(say('listJoin'));
  };
  const state = (it: Passenger): string =>
    it.state === 'held' && it.holdReason ? say(`reason.${it.holdReason}`) : say(`state.${it.state}`);
  return [
    { key: 'seat', title: say('seat'), width: 52, cell: (it) => <b>{it.seat}</b>, sortBy: (it) => it.seat },
    {
      key: 'name',
      title: say('name'),
      cell: (it) => <b>{names(it.name, it.pinyin)}</b>,
      sortBy: (it) => it.pinyin,
    },
    { key: 'tail', title: say('idTail'), width: 88, cell: (it) => (it.idTail ? `**${it.idTail}` : '–') },
    {
      key: 'board',
      title: say('boardsAt'),
      cell: (it) => stopName(it.board),
      sortBy: (it) => it.board,
      minor: true,
    },
    {
      key: 'doors',
      title: say('doors'),
      width: 76,
      cell: (it) => <ThreeDoorLine doors={DOORS_OF_LEG[it.state]} />,
    },
    { key: 'need', title: say('need'), cell: need, minor: true },
    {
      key: 'state',
      title: say('state'),
      width: 128,
      cell: (it) => <StatusMark kind={MARK_OF_LEG[it.state]}>{state(it)}</StatusMark>,
      sortBy: (it) => it.state,
    },
    {
      key: 'pack',
      title: say('pack'),
      width: 64,
      cell: (it) => (it.packed ? say('given') : '–'),
      minor: true,
    },
  ];
}

/** People of a run: who still asks for something first, then those aboard. */
export function TripPassengers({
  view,
  people,
  chosen,
  onChoose,
}: {
  view: TripView;
  /** Those of its people that are looked for. */
  people: readonly Passenger[];
  chosen: number | null;
  onChoose: (seat: number) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const columns = useColumns(view);
  const isOpen = (it: Passenger): boolean => !hasBoarded(it);
  const rows = [...people].sort((a, b) => Number(hasBoarded(a)) - Number(hasBoarded(b)) || a.seat - b.seat);
  return (
    <RuledTable
      label={say('passengers', { n: rows.length })}
      columns={columns}
      rows={rows}
      keyOf={(it) => it.leg}
      groupOf={(it) => (isOpen(it) ? say('toDo') : say('inOrder'))}
      toneOf={(it) => (it.state === 'held' ? 'danger' : it.state === 'absent' ? 'warn' : 'plain')}
      chosenKey={rows.find((it) => it.seat === chosen)?.leg ?? null}
      onChoose={(it) => onChoose(it.seat)}
      {...(view.passengers.length > 0 && { empty: <p className="table-empty">{say('nobodyFound')}</p> })}
    />
  );
}
