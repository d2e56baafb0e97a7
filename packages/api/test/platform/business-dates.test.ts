import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessDate, TestClock } from '../../src/platform/clock.ts';
import { startWorld, unique, type World } from '../harness/world.ts';

/** Business dates are the community's, not the server's (handbook P-4): over summer time, and on both sides of the date line. */
const zones = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'UTC',
];

/** Another implementation of the calendar: the one of ICU. */
const reference = (instant: Date, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
};

describe('the business date of an instant', () => {
  test('is the calendar day in the zone, whatever the instant', () => {
    const instants = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2060-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        expect(businessDate(instant, zone)).toBe(reference(instant, zone));
      }),
      { numRuns: 2_000 },
    );
  });

  test('never goes back while time goes on, and changes once in 20 to 28 hours', () => {
    const start = Date.UTC(2026, 0, 1);
    for (const zone of zones) {
      let [day, since] = [businessDate(new Date(start), zone), undefined as number | undefined];
      for (let at = start; at < Date.UTC(2027, 0, 1); at += 1_800_000) {
        const next = businessDate(new Date(at), zone);
        if (next === day) continue;
        expect(next > day, zone).toBe(true);
        if (since !== undefined)
          expect((at - since) / 3_600_000, `${zone} ${next}`).toSatisfy(
            (hours: number) => hours >= 20 && hours <= 28,
          );
        [day, since] = [next, at];
      }
    }
  });

  test.each([
    ['Asia/Shanghai', '2026-11-22T15:59:59.999Z', '2026-11-22'],
    ['Asia/Shanghai', '2026-11-22T16:00:00.000Z', '2026-11-23'],
    ['Europe/Berlin', '2026-03-28T22:59:59.999Z', '2026-03-28'], // winter time until the night
    ['Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59.999Z', '2026-03-29'], // summer time: a day of 23 hours
    ['Europe/Berlin', '2026-03-29T22:00:00.000Z', '2026-03-30'],
    ['Europe/Berlin', '2026-10-25T22:59:59.999Z', '2026-10-25'], // a day of 25 hours
    ['Pacific/Kiritimati', '2026-12-31T09:59:59.999Z', '2026-12-31'], // 14 hours ahead
    ['Pacific/Kiritimati', '2026-12-31T10:00:00.000Z', '2027-01-01'],
    ['Pacific/Pago_Pago', '2027-01-01T10:59:59.999Z', '2026-12-31'], // 11 hours behind: almost two days later than Kiritimati
    ['Asia/Kathmandu', '2026-11-22T18:14:59.999Z', '2026-11-22'], // 5:45 ahead
    ['Asia/Kathmandu', '2026-11-22T18:15:00.000Z', '2026-11-23'],
    ['Asia/Shanghai', '2028-02-28T16:00:00.000Z', '2028-02-29'],
  ])('in %s at %s is %s', (zone, instant, day) => {
    expect(businessDate(new Date(instant), zone)).toBe(day);
  });
});

describe('communities in other zones', () => {
  const clock = new TestClock('2026-12-31T10:30:00Z');
  let world: World;
  beforeAll(async () => {
    world = await startWorld({}, clock);
  });
  afterAll(() => world.close());

  test('number their tickets by their own day, and end residencies on it', async () => {
    const organisation = await world.organisation();
    const { admin } = organisation;
    const days: Record<string, string> = {
      'Pacific/Kiritimati': '2027-01-01',
      'Asia/Shanghai': '2026-12-31',
      'Pacific/Pago_Pago': '2026-12-30',
    };
    for (const [timeZone, today] of Object.entries(days)) {
      const { id: community } = await organisation.community({ timeZone });
      const unit = await organisation.unit({ building: (await organisation.building({ community })).id });
      const { ticket } = await admin.mutate(
        'ticketCreate',
        { unit: unit.id, kind: 'REPAIR_UNIT', title: '漏水', reporterName: '住户', readBack: true },
        'ticket { number receivedAt }',
      );
      expect(ticket.number, timeZone).toContain(`-${today.replaceAll('-', '')}-`);
      expect(ticket.receivedAt, timeZone).toBe('2026-12-31T10:30:00.000Z');

      const { resident } = await admin.mutate(
        'residentCreate',
        { community, kind: 'PERSON', name: unique('租客') },
        'resident { id }',
      );
      const current = async (period: object): Promise<boolean> => {
        const { residency, userErrors } = await admin.mutate(
          'residencyCreate',
          { unit: unit.id, resident: resident.id, relation: 'TENANT', ...period },
          'residency { current }',
        );
        expect(userErrors).toEqual([]);
        return residency.current;
      };
      const next = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
      expect(
        await current({ startsOn: '2026-01-01', endsOn: today }),
        `${timeZone}: the last day counts`,
      ).toBe(true);
      expect(await current({ startsOn: next }), `${timeZone}: tomorrow has not begun`).toBe(false);
    }
  });
});
