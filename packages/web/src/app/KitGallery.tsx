import { words } from '@fangang/domain/basics/words.ts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Fault } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { DistrictMap } from '../platform/ui/DistrictMap.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { Figure, FigureNote } from '../platform/ui/Figure.tsx';
import { FindBox } from '../platform/ui/FindBox.tsx';
import { Check, FileDrop, SelectField, TextField } from '../platform/ui/Form.tsx';
import { Funnel } from '../platform/ui/Funnel.tsx';
import { Gantt } from '../platform/ui/Gantt.tsx';
import type { AreaMap } from '../platform/ui/geo.ts';
import { KeyHelp } from '../platform/ui/KeyHelp.tsx';
import { LoadBar } from '../platform/ui/LoadBar.tsx';
import { LocalMap } from '../platform/ui/LocalMap.tsx';
import { EmptyState, ErrorNote } from '../platform/ui/Notes.tsx';
import { PickDate, PickOne } from '../platform/ui/PickOne.tsx';
import { Progress, Steps } from '../platform/ui/Progress.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { SeatLegend, SeatMap } from '../platform/ui/SeatMap.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';
import { StopStrip } from '../platform/ui/StopStrip.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';
import { DOORS, Logo, ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import * as sample from './kit-samples.ts';

function Part({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <section className="page-body" id={name}>
      <div className="section-head">
        <h2>{name}</h2>
      </div>
      {children}
    </section>
  );
}

function Lines(): ReactNode {
  return (
    <Part name="ThreeDoorLine">
      {Object.entries(DOORS).map(([key, doors]) => (
        <p key={key}>
          <ThreeDoorLine doors={doors} /> <ThreeDoorLine doors={doors} size="title" /> {key}
        </p>
      ))}
      <Funnel
        doors={[
          { key: 'want', n: 22572, label: '想返岗' },
          { key: 'board', n: 16912, label: '已上车' },
          { key: 'sign', n: 15204, label: '已签收' },
        ]}
        gaps={[
          [
            { key: 'wait', label: '待发车', n: 4386, tone: 'ahead' },
            { key: 'unmet', label: '未安排', n: 1274, tone: 'danger' },
          ],
          [
            { key: 'way', label: '在途', n: 1661, tone: 'ahead' },
            { key: 'tosign', label: '待签收', n: 47, tone: 'warn' },
          ],
        ]}
        onOpen={() => undefined}
      />
    </Part>
  );
}

const MARKS: readonly [MarkKind, string][] = [
  ['done', '已上车'],
  ['now', '正在上车'],
  ['todo', '未到'],
  ['held', '暂扣'],
  ['again', '再查'],
  ['wrong', '不是本车'],
  ['away', '家里没人'],
  ['none', '无公布数'],
  ['moved', '换车'],
  ['fresh', '新上座'],
  ['still', '不动'],
  ['unbuilt', '待建'],
];

function Small(): ReactNode {
  const [tab, setTab] = useState('12');
  const tabs = [
    { key: '12', title: '2/12 十二', sub: '298 人' },
    { key: '13', title: '2/13 十三', sub: '279 人' },
    { key: '16', title: '2/16 十六', sub: '507 人', tone: 'danger' as const },
  ];
  const asOf = '17:00';
  return (
    <Part name="Marks and figures">
      <p className="legend">
        {MARKS.map(([kind, word]) => (
          <StatusMark key={kind} kind={kind}>
            {word}
          </StatusMark>
        ))}
      </p>
      <p className="legend">
        <LoadBar taken={36} cap={39} min={20} />
        <LoadBar taken={14} cap={49} min={20} />
        <LoadBar taken={58} cap={60} />
      </p>
      <div className="figure-line">
        <Figure size="hero" n={358} unit="趟" asOf={asOf} definition="发车的包车" onOpen={() => undefined} />
        <Figure
          size="hero"
          n={16912}
          unit="人"
          asOf={asOf}
          definition="按身份去重"
          onOpen={() => undefined}
        />
        <Figure
          size="hero"
          before="尚有"
          n={1274}
          unit="人未安排"
          tone="danger"
          asOf={asOf}
          definition="按身份去重"
          onOpen={() => undefined}
        />
        <Figure n={11024} asOf={asOf} definition="一人一单" onOpen={() => undefined} />
      </div>
      <FigureNote asOf={asOf} definition="发车的包车、有人上车的预留车厢日各计一趟；人按身份去重" />
      <div className="page-bar">
        <h1>武隆区　排车板</h1>
        <Tabs tabs={tabs} value={tab} onChange={setTab} label="日期" />
      </div>
      <Steps steps={['放入文件', '对列', '改坏行', '提交']} at={2} />
      <Progress label="正在出方案" done={820} total={1200} />
    </Part>
  );
}

function Buttons(): ReactNode {
  const say = useWords(words);
  const toast = useToast();
  const [drawer, setDrawer] = useState(false);
  const [help, setHelp] = useState(false);
  return (
    <Part name="Buttons, notes, drawers">
      <p className="legend">
        <Button
          kind="main"
          keys="D"
          onPress={() => toast({ text: '羊角已发车，37 人', undo: () => undefined })}
        >
          羊角发车
        </Button>
        <Button keys="P" onPress={() => undefined}>
          打印登记表
        </Button>
        <Button keys="Ctrl+Enter" onPress={() => setDrawer(true)}>
          出方案
        </Button>
        <Button busy onPress={() => undefined}>
          出方案
        </Button>
        <Button disabled onPress={() => undefined}>
          不能按
        </Button>
        <Button kind="danger" onPress={() => undefined}>
          取消车次
        </Button>
        <Button kind="link" onPress={() => setHelp(true)}>
          {say('keys')}
        </Button>
      </p>
      <ErrorNote error={new Fault(500, 'r-4711')} onRetry={() => undefined} />
      <EmptyState title={say('peopleEmpty')} next={say('peopleNext')}>
        <Button kind="main" onPress={() => undefined}>
          {say('import')}
        </Button>
      </EmptyState>
      {drawer && (
        <Drawer
          title="冉小禾一家 3 人 → 103 广州"
          sub="47 / 49，可乘上限内"
          onClose={() => setDrawer(false)}
          foot={
            <Button kind="main" onPress={() => setDrawer(false)}>
              采用
            </Button>
          }
        >
          不违反　三人同排，第 9 排
        </Drawer>
      )}
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </Part>
  );
}

function Fields(): ReactNode {
  const [text, setText] = useState('50023219800101041');
  const [kind, setKind] = useState<'a' | 'b'>('a');
  const [town, setTown] = useState<string | null>(null);
  const [date, setDate] = useState<string | null>('2022-02-13');
  const towns = Array.from({ length: 1031 }, (_, i) => ({ value: String(i), label: `样例镇 ${i + 1}` }));
  return (
    <Part name="Fields">
      <div style={{ display: 'grid', gap: 12, maxWidth: 360 }}>
        <TextField label="证件号码" value={text} onChange={setText} error="少一位 → 补齐，或标为无证件" />
        <SelectField
          label="车型"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'a', label: '49 座' },
            { value: 'b', label: '35 座' },
          ]}
        />
        <PickOne label="镇街" value={town} onChange={setTown} options={towns} />
        <PickDate label="日期" value={date} onChange={setDate} />
        <Check label="没有别的" checked onChange={() => undefined} />
        <FileDrop accept=".xlsx,.xls,.csv" onFile={() => undefined} />
        <FindBox
          onPick={() => undefined}
          onAll={() => undefined}
          find={async () => [{ key: '1', title: '冉样例', sub: '白马镇 **3699' }]}
        />
      </div>
    </Part>
  );
}

const columns: readonly Column<sample.KitPerson>[] = [
  { key: 'seat', title: '座', width: 56, cell: (it) => <b>{it.seat}</b>, sortBy: (it) => it.seat },
  { key: 'name', title: '姓名', cell: (it) => <b>{it.name}</b>, sortBy: (it) => it.name },
  { key: 'tail', title: '证件尾号', width: 96, cell: (it) => it.tail },
  {
    key: 'village',
    title: '村',
    width: 96,
    cell: (it) => it.village,
    sortBy: (it) => it.village,
    minor: true,
  },
  {
    key: 'line',
    title: '三门线',
    width: 84,
    cell: (it) => (
      <ThreeDoorLine
        doors={
          it.state === 'held' ? DOORS.heldAtDoor : it.state === 'boarded' ? DOORS.departed : DOORS.ticketed
        }
      />
    ),
  },
  {
    key: 'state',
    title: '门前检查',
    width: 110,
    cell: (it) => (
      <StatusMark kind={it.state === 'held' ? 'held' : it.state === 'boarded' ? 'done' : 'todo'}>
        {it.state === 'held' ? '待复测' : it.state === 'boarded' ? '全部正常' : '未检'}
      </StatusMark>
    ),
  },
];

function Tables(): ReactNode {
  const [rows] = useState(() => [sample.people(14), sample.people(5000)] as const);
  return (
    <Part name="RuledTable">
      <RuledTable
        label="乘客"
        columns={columns}
        rows={rows[0]}
        keyOf={(it) => it.id}
        groupOf={(it) => (it.state === 'boarded' ? '已上车' : '要办')}
        toneOf={(it) => (it.state === 'held' ? 'danger' : 'plain')}
        onOpen={() => undefined}
      />
      <RuledTable
        label="五千人"
        columns={columns}
        rows={rows[1]}
        keyOf={(it) => it.id}
        onChoose={() => undefined}
        height={320}
        firstSort={{ key: 'name', direction: 'ascending' }}
      />
      <RuledTable label="空" columns={columns} rows={[]} keyOf={(it) => it.id} />
    </Part>
  );
}

function Seats(): ReactNode {
  const [chosen, setChosen] = useState<number | null>(12);
  const list = sample.seats(49, 9);
  return (
    <Part name="SeatMap, StopStrip">
      <StopStrip label="站点" stops={sample.stops} />
      <SeatMap
        places={49}
        seats={list}
        bays={[{ seats: [7, 8], state: 'boarded', name: '蒲' }]}
        chosen={chosen}
        onChoose={setChosen}
        onMove={() => undefined}
      />
      <SeatLegend seats={list} />
      {[55, 35, 19].map((places) => (
        <SeatMap key={places} places={places} seats={sample.seats(places, 0)} />
      ))}
    </Part>
  );
}

/** The map pack is not part of a gallery build: lay it beside the build to see the maps. */
async function readMap(): Promise<AreaMap> {
  const answer = await fetch('/kit-districts.geojson');
  if (!answer.ok) throw new Fault(answer.status);
  return (await answer.json()) as AreaMap;
}

function Maps(): ReactNode {
  const map = useQuery({ queryKey: ['kit', 'map'], queryFn: readMap });
  if (!map.data) return <Part name="Maps">{map.error && <ErrorNote error={map.error} />}</Part>;
  return (
    <Part name="Maps">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 24 }}>
        <div style={{ width: 498, maxWidth: '100%' }}>
          <DistrictMap
            label="从哪里出发，去往哪里"
            map={map.data}
            names={sample.shortNames}
            values={sample.boardedBy}
            steps={[200, 500, 900]}
            legend="底色：已上车人数，按区县"
            destinations={sample.destinations}
            flows={sample.flows}
          />
        </div>
        <div style={{ width: 470, maxWidth: '100%' }}>
          <LocalMap
            label="上车点"
            map={map.data}
            code="500156"
            names={sample.shortNames}
            points={sample.points}
            lines={sample.mapLines}
          />
        </div>
      </div>
    </Part>
  );
}

/** All parts of the kit with sample props, to look at; not in production builds. */
export function KitGallery(): ReactNode {
  return (
    <main>
      <header className="office-head">
        <Logo />
        <h1>UI kit</h1>
      </header>
      <Lines />
      <Small />
      <Buttons />
      <Fields />
      <Tables />
      <Seats />
      <Part name="Gantt">
        <Gantt label="车辆与驾驶员" rows={sample.ganttRows} from={sample.ganttFrom} to={sample.ganttTo} />
      </Part>
      <Maps />
    </main>
  );
}
