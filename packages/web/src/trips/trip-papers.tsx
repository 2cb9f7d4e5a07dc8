import { manifestPdfOf, manifestXlsxOf, type TripStop, type TripView } from '@fangang/domain/trips/api.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { addressOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { AT_DOOR } from './trip-parts.tsx';

function Register({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const { language } = useLanguage();
  const ask = { params: { tripId: view.trip.id }, query: { lang: language } };
  return (
    <tr>
      <th scope="row">{say('register')}</th>
      <td>{say('registerFacts', { version: String(view.trip.version), n: view.passengers.length })}</td>
      <td className="end">
        <a className="link" href={addressOf(manifestPdfOf, ask)} target="_blank" rel="noreferrer">
          PDF
        </a>
        <a className="link" href={addressOf(manifestXlsxOf, ask)} download>
          xlsx
        </a>
      </td>
    </tr>
  );
}

/** What became of the signature at one gate. */
function GatePaper({ stop, view }: { stop: TripStop; view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { handover } = stop;
  return (
    <tr>
      <th scope="row">{names(stop.name, stop.pinyin)}</th>
      <td>
        {handover ? (
          <>
            <StatusMark kind="done">{say('signedTitle', { n: handover.heads })}</StatusMark>{' '}
            {say('signedBy', { name: handover.signerName, at: momentOf(handover.at) })}
            {handover.note && ` · ${handover.note}`}
          </>
        ) : (
          <StatusMark kind={stop.arrivedAt ? 'again' : 'todo'}>
            {say(stop.arrivedAt ? 'gateWaits' : 'gateAhead')}
          </StatusMark>
        )}
      </td>
      <td className="end">
        <Link
          to="/gate/$tripId"
          params={{ tripId: view.trip.id }}
          search={{ stop: String(stop.no) }}
          className="link"
        >
          {say('receiptTitle')}
        </Link>
      </td>
    </tr>
  );
}

/** The papers that travel with a run: its register, and what was signed at each gate. */
export function TripPapers({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const { role } = useStaff();
  if (!AT_DOOR.includes(role)) return null;
  const gates = view.stops.filter((it) => it.kind === 'gate');
  const hasLeft = ['departed', 'arrived', 'closed'].includes(view.trip.status);
  return (
    <section className="trip-papers">
      <div className="section-head">
        <h2>{say('papers')}</h2>
      </div>
      <table>
        <tbody>
          <Register view={view} />
          {hasLeft && gates.map((it) => <GatePaper key={it.no} stop={it} view={view} />)}
        </tbody>
      </table>
    </section>
  );
}
