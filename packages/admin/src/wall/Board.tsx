import { type Locale, say } from '@desk/schema';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { Box } from '@mui/material';
import type { Place, WallData } from './figures.ts';
import { shortMoney, span } from './format.ts';
import { colours, Figure, Panel, Row, size } from './look.tsx';
import { texts, type WallText } from './texts.ts';

interface BoardProps {
  data: WallData;
  now: Date;
  place: Place | undefined;
  locale: Locale;
}

/** What happens, block by block. */
export function Board({ data, now, place, locale }: BoardProps) {
  const { wall } = data;
  if (!wall) return null;
  const t = (key: WallText) => say(texts[key], locale);
  const n = (count: number) => new Intl.NumberFormat(locale).format(count);
  const { states, promises } = wall.tickets;
  const sum = (read: (state: (typeof states)[number]) => number) =>
    states.reduce((total, state) => total + read(state), 0);
  const at = (...names: string[]) => sum((state) => (names.includes(state.status) ? state.count : 0));
  const currency = place?.currency ?? 'CNY';
  return (
    <Box
      sx={{
        flex: 1,
        minHeight: 0,
        display: 'grid',
        gap: '0.9vw',
        gridTemplateColumns: 'repeat(12, minmax(0, 1fr))',
        gridTemplateRows: 'minmax(0, 1fr) minmax(0, 0.95fr) minmax(0, 1.35fr)',
        gridTemplateAreas: `
          "open open open open promises promises promises promises arrivals arrivals arrivals arrivals"
          "money money money money keys keys keys keys permits permits permits permits"
          "states states states states states pressing pressing pressing pressing pressing pressing pressing"`,
      }}
    >
      <Panel title={t('tickets')} area="open">
        <Row>
          <Figure big label={t('open')} value={n(sum(({ count }) => count))} />
          <Figure label={t('urgent')} value={n(sum(({ urgent }) => urgent))} tone="bad" />
          <Figure label={t('received')} value={n(wall.day.received)} />
          <Figure label={t('closed')} value={n(wall.day.closed)} tone="good" />
        </Row>
      </Panel>
      <Panel title={t('promises')} area="promises">
        <Row>
          <Figure big label={t('breached')} value={n(promises.breached)} tone="bad" />
          <Figure label={t('atRisk')} value={n(promises.atRisk)} tone="warn" />
          <Figure label={t('onTrack')} value={n(promises.onTrack)} tone="good" />
        </Row>
      </Panel>
      <Panel title={t('arrivals')} area="arrivals">
        <Row>
          <Figure big label={t('waiting')} value={n(at('DISPATCHED', 'ACCEPTED'))} />
          <Figure label={t('onSite')} value={n(at('ON_SITE'))} tone="good" />
          <Figure label={t('arrived')} value={n(wall.day.arrived)} />
        </Row>
      </Panel>
      <Panel title={t('money')} area="money">
        <Row>
          <Figure
            label={t('taken')}
            value={shortMoney(wall.money.takenToday, currency, locale)}
            tone="good"
          />
          <Figure label={t('overdue')} value={shortMoney(wall.debts.overdue, currency, locale)} tone="warn" />
        </Row>
      </Panel>
      <Panel title={t('keys')} area="keys">
        <Row>
          <Figure label={t('out')} value={n(wall.keys.out)} />
          <Figure label={t('late')} value={n(wall.keys.overdue)} tone="bad" />
        </Row>
      </Panel>
      <Panel title={t('permits')} area="permits">
        <Row>
          <Figure label={t('working')} value={n(wall.permits.onSite)} />
          <Figure label={t('expired')} value={n(wall.permits.expired)} tone="bad" />
          <Figure label={t('stopped')} value={n(wall.permits.suspended)} tone="warn" />
        </Row>
      </Panel>
      <States states={states} locale={locale} title={t('states')} />
      <Pressing data={data} now={now} locale={locale} />
    </Box>
  );
}

/** Open tickets by state, as bars. */
function States({
  states,
  locale,
  title,
}: {
  states: { status: string; count: number }[];
  locale: Locale;
  title: string;
}) {
  const most = Math.max(1, ...states.map(({ count }) => count));
  const shown = states.filter(({ count }) => count > 0);
  return (
    <Panel title={title} area="states">
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: 'none', flex: 1, display: 'grid', alignContent: 'space-evenly' }}
      >
        {shown.slice(0, 7).map(({ status, count }) => (
          <Box
            component="li"
            key={status}
            sx={{
              display: 'grid',
              gridTemplateColumns: '10.5vw minmax(0, 1fr) 4.5vw',
              alignItems: 'center',
              fontSize: size.small,
              lineHeight: 1.2,
            }}
          >
            <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
              {label(status, locale)}
            </Box>
            <Box aria-hidden sx={{ height: '1.6vh', bgcolor: colours.ground, borderRadius: '1vh' }}>
              <Box
                sx={{
                  height: '100%',
                  width: `${(count / most) * 100}%`,
                  minWidth: '1.6vh',
                  bgcolor: colours.good,
                  borderRadius: '1vh',
                }}
              />
            </Box>
            <Box component="strong" sx={{ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}>
              {count}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

const label = (status: string, locale: Locale): string => {
  const state = Object.entries(ticketLifecycle.states).find(([name]) => name === status)?.[1];
  return state ? say(state, locale) : status;
};

/** What is late, or will be next: the one list of the board. */
function Pressing({ data, now, locale }: { data: WallData; now: Date; locale: Locale }) {
  const { nodes } = data.pressing;
  return (
    <Panel title={say(texts.pressing, locale)} area="pressing">
      {nodes.length === 0 && (
        <Box
          sx={{ flex: 1, display: 'grid', placeItems: 'center', fontSize: size.label, color: colours.good }}
        >
          {say(texts.nonePressing, locale)}
        </Box>
      )}
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: 'none', flex: 1, display: 'grid', alignContent: 'space-evenly' }}
      >
        {nodes.map(({ id, title, unit, status, nextDueAt }) => {
          const left = nextDueAt === null ? 0 : Date.parse(nextDueAt) - now.getTime();
          const time = span(left, locale);
          return (
            <Box
              component="li"
              key={id}
              sx={{
                display: 'grid',
                gridTemplateColumns: 'minmax(0, 1fr) auto auto',
                columnGap: '1.2vw',
                alignItems: 'baseline',
                fontSize: size.label,
                lineHeight: 1.25,
              }}
            >
              <Box
                component="span"
                sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
              >
                {unit ? `${unit.fullName} ` : ''}
                {title}
              </Box>
              <Box component="span" sx={{ color: colours.quiet, fontSize: size.small, whiteSpace: 'nowrap' }}>
                {label(status, locale)}
              </Box>
              <Box
                component="strong"
                sx={{
                  color: left < 0 ? colours.bad : colours.warn,
                  whiteSpace: 'nowrap',
                  textAlign: 'right',
                }}
              >
                {nextDueAt === null ? '' : say(left < 0 ? texts.past : texts.due, locale, { time })}
              </Box>
            </Box>
          );
        })}
      </Box>
    </Panel>
  );
}
