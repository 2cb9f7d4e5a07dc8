import type { PlanTripLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningPageWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dateOf, shortDate, timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { LoadBar } from '../platform/ui/LoadBar.tsx';
import { placesOf } from './planning-map.tsx';

interface DrawerProps {
  readonly plan: PlanView;
  readonly trip: PlanTripLine;
  readonly onPapers: () => void;
  readonly onClose: () => void;
}

/** One run of a draft: its load, its cost and where who gets on and off. */
export function PlanTripDrawer({ plan, trip, onPapers, onClose }: DrawerProps): ReactNode {
  const page = useWords(planningPageWords);
  const nameOf = useNames();
  const name = trip.standing?.code ?? trip.number ?? page('newCoach', { seats: trip.places });
  return (
    <Drawer
      title={`${shortDate(trip.day)} ${timeOf(trip.departAt)} → ${placesOf(trip, nameOf).join('·')}`}
      sub={`${page(trip.role)} · ${name}`}
      onClose={onClose}
      foot={<Foot plan={plan} trip={trip} onPapers={onPapers} />}
    >
      <Facts plan={plan} trip={trip} />
      <h3 className="plan-heading">{page('stopsTitle')}</h3>
      <Stops trip={trip} />
    </Drawer>
  );
}

function Foot({ plan, trip, onPapers }: Omit<DrawerProps, 'onClose'>): ReactNode {
  const page = useWords(planningPageWords);
  if (trip.standing) {
    const { id, code } = trip.standing;
    return (
      <Link to="/trips/$tripId" params={{ tripId: id }} search={{}} className="link">
        {page('openRun', { code })}
      </Link>
    );
  }
  if (plan.state === 'committed') return <Button onPress={onPapers}>{page('openList')}</Button>;
  return <p className="plan-quiet">{page('whoRides')}</p>;
}

function Facts({ plan, trip }: Pick<DrawerProps, 'plan' | 'trip'>): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const taken = trip.before + trip.load;
  const isCoach = trip.role === 'main' && trip.mode === 'charterBus';
  const min = isCoach ? { min: plan.minLoad } : {};
  return (
    <dl className="plan-facts">
      <dt>{say('load')}</dt>
      <dd>
        <LoadBar taken={taken} cap={trip.cap} {...min} />{' '}
        <span className="plan-quiet">
          {isCoach
            ? page('seatsFree', { taken, cap: trip.cap, min: plan.minLoad })
            : page('seatsPlain', { taken, cap: trip.cap })}
        </span>
      </dd>
      {trip.standing && (
        <>
          <dt>{page('before')}</dt>
          <dd>{page('peopleCount', { n: trip.before })}</dd>
        </>
      )}
      <dt>{page('distance')}</dt>
      <dd>{Math.round(trip.distanceM / 1000)} km</dd>
      {trip.drivers > 0 && (
        <>
          <dt>{page('driversLabel')}</dt>
          <dd>{trip.drivers}</dd>
        </>
      )}
      <dt>{page('costLabel')}</dt>
      <dd>{say('cost', { yuan: Math.round(trip.costFen / 100) })}</dd>
    </dl>
  );
}

function Stops({ trip }: { trip: PlanTripLine }): ReactNode {
  const page = useWords(planningPageWords);
  const nameOf = useNames();
  const last = trip.stops.length - 1;
  return (
    <ol className="plan-stops">
      {trip.stops.map((it, i) => {
        const at = i === last ? it.arriveAt : it.departAt;
        const moves = [
          it.boards > 0 && page('getOn', { n: it.boards }),
          it.alights > 0 && page('getOff', { n: it.alights }),
        ].filter(Boolean);
        return (
          <li key={`${it.name} ${it.arriveAt}`}>
            <span>
              {dateOf(at) !== trip.day && `${shortDate(at)} `}
              <b>{timeOf(at)}</b>
            </span>
            <span className={it.kind === 'gate' ? 'plan-gate' : undefined}>{nameOf(it.name, it.pinyin)}</span>
            <span className="plan-quiet">{moves.join(' · ')}</span>
          </li>
        );
      })}
    </ol>
  );
}
