import { words } from '@fangang/domain/basics/words.ts';
import {
  manifestPdfOf,
  manifestXlsxOf,
  publishTrip,
  readTrip,
  type TripView,
} from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { addressOf } from '../platform/call.ts';
import { longDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { EmptyState, ErrorNote, Loading, useErrorWords } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { CancelDrawer } from './trip-cancel.tsx';
import { FilterText } from './trip-filter.tsx';
import { TripPassengers } from './trip-list.tsx';
import { TripPapers } from './trip-papers.tsx';
import { AT_DOOR, DOORS_OF_TRIP, OFFICERS, TripSeats, TripStops } from './trip-parts.tsx';
import { findsPassenger, MARK_OF_TRIP } from './trip-reading.ts';
import './trips.css';

function TripActions({ view, onCancel }: { view: TripView; onCancel: () => void }): ReactNode {
  const say = useWords(tripWords);
  const { language } = useLanguage();
  const { role } = useStaff();
  const navigate = useNavigate();
  const toast = useToast();
  const errorWords = useErrorWords([tripRefusals]);
  const { send, busy } = useWrite(publishTrip, ['figures']);
  const { id, status, code } = view.trip;
  const isOfficer = OFFICERS.includes(role);
  const params = { tripId: id };
  const print = (): void => {
    window.open(addressOf(manifestPdfOf, { params, query: { lang: language } }), '_blank', 'noopener');
  };
  const publish = async (): Promise<void> => {
    const answer = await send({ params });
    toast(
      answer.ok
        ? { text: say('published', { code }) }
        : { text: errorWords(answer.refusal).what, tone: 'danger' },
    );
  };
  return (
    <div className="actions">
      {AT_DOOR.includes(role) && (
        <>
          <Button keys="P" onPress={print}>
            {say('printPdf')}
          </Button>
          <a
            className="button button-plain"
            href={addressOf(manifestXlsxOf, { params, query: { lang: language } })}
            download
          >
            {say('takeXlsx')}
          </a>
        </>
      )}
      {isOfficer && ['committed', 'published', 'boarding'].includes(status) && (
        <Button kind="danger" onPress={onCancel}>
          {say('cancel')}
        </Button>
      )}
      {isOfficer && status === 'committed' && (
        <Button kind="main" keys="Ctrl+Enter" busy={busy} onPress={() => void publish()}>
          {say('publish')}
        </Button>
      )}
      {AT_DOOR.includes(role) && ['published', 'boarding', 'departed'].includes(status) && (
        <Button kind="main" keys="D" onPress={() => void navigate({ to: '/door/$tripId', params })}>
          {say('openDoorPage')}
        </Button>
      )}
      {AT_DOOR.includes(role) && ['departed', 'arrived', 'closed'].includes(status) && (
        <Button keys="G" onPress={() => void navigate({ to: '/gate/$tripId', params, search: {} })}>
          {say('openGatePage')}
        </Button>
      )}
    </div>
  );
}

function TripHead({ view, onCancel }: { view: TripView; onCancel: () => void }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { language } = useLanguage();
  const { trip } = view;
  return (
    <div className="page-bar">
      <div>
        <h1>
          {trip.code}　{names(trip.from, trip.fromPinyin)} → {names(trip.to, trip.toPinyin)}
        </h1>
        <p className="sub">
          {[
            `${longDate(trip.departAt, language)} ${timeOf(trip.departAt)}`,
            trip.number ?? trip.plate,
            say('factsLine', {
              mode: say(`mode.${trip.mode}`),
              drivers: trip.drivers,
              escort: trip.escortName ? names(trip.escortName, trip.escortPinyin) : say('nobody'),
              version: String(trip.version),
            }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <span className="space" />
      <ThreeDoorLine doors={DOORS_OF_TRIP[trip.status]} size="title" />
      <StatusMark kind={MARK_OF_TRIP[trip.status]} strong>
        {say(`status.${trip.status}`)}
      </StatusMark>
      <TripActions view={view} onCancel={onCancel} />
    </div>
  );
}

function TripBody({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const [seat, setSeat] = useState<number | null>(null);
  const [text, setText] = useState('');
  const { trip, passengers } = view;
  const hasPlan = trip.mode === 'charterBus';
  return (
    <>
      <div className="page-body trip-stops">
        <TripStops view={view} />
      </div>
      <div className={hasPlan ? 'trip-halves' : undefined}>
        {hasPlan && (
          <section aria-label={say('seats')}>
            <div className="section-head">
              <h2>{say('seats')}</h2>
              <span>{say('seatsFacts', { places: trip.places, cap: trip.cap, sold: trip.sold })}</span>
            </div>
            <div className="page-body">
              <TripSeats view={view} chosen={seat} onChoose={setSeat} />
            </div>
            <TripPapers view={view} />
          </section>
        )}
        <section aria-label={say('passengers', { n: passengers.length })}>
          <div className="section-head">
            <h2>{say('passengers', { n: passengers.length })}</h2>
            <span className="space" />
            <FilterText value={text} hint={say('filterPeople')} onChange={setText} />
          </div>
          <TripPassengers
            view={view}
            people={passengers.filter((it) => findsPassenger(text, it))}
            chosen={seat}
            onChoose={setSeat}
          />
        </section>
      </div>
      {!hasPlan && <TripPapers view={view} />}
    </>
  );
}

/** One run: where it stands, who sits where, who is missing, its papers. */
export function TripPage(): ReactNode {
  const shell = useWords(words);
  const { tripId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useRead(readTrip, { params: { tripId } }, { everyMs: 10_000 });
  const [isCancelling, setCancelling] = useState(false);
  useTitle(data?.trip.code ?? shell('trip'));
  if (error) {
    return (
      <>
        <ErrorNote error={error} tables={[tripRefusals]} onRetry={() => void refetch()} />
        <EmptyState title={shell('notFoundTitle')} next={shell('notFoundRemedy')}>
          <Link to="/trips" className="link">
            {shell('trips')}
          </Link>
        </EmptyState>
      </>
    );
  }
  if (!data) return <Loading />;
  return (
    <>
      <TripHead view={data} onCancel={() => setCancelling(true)} />
      <TripBody view={data} />
      {isCancelling && <CancelDrawer view={data} onClose={() => setCancelling(false)} />}
    </>
  );
}
