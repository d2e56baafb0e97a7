import { type Role, roleNames } from '@desk/schema';
import { InvalidArgumentError, Option } from 'commander';

const spelled = (role: Role): string => role.toLowerCase().replaceAll('_', '-');

/** `--role front-desk`; capitals and underscores are accepted too. */
export function roleOption(offered: readonly Role[] = roleNames): Option {
  return new Option('--role <role>', `one of: ${offered.map(spelled).join(', ')}`)
    .makeOptionMandatory()
    .argParser((text) => {
      const role = offered.find((one) => spelled(one) === text.trim().toLowerCase().replaceAll('_', '-'));
      if (!role) throw new InvalidArgumentError(`It must be one of: ${offered.map(spelled).join(', ')}.`);
      return role;
    });
}

export const organisationOption = (): Option =>
  new Option('--organisation <name>', 'name or id of the organisation; needed only when there are several');

const units = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks' } as const;

/** `90m`, `12h`, `1d`, `2w`. */
export function duration(text: string): Partial<Record<(typeof units)[keyof typeof units], number>> {
  const [, amount, unit] = /^([1-9]\d{0,4})([mhdw])$/.exec(text.trim()) ?? [];
  if (!amount || !unit) throw new InvalidArgumentError('Write a number with m, h, d or w: 90m, 12h, 1d, 2w.');
  return { [units[unit as keyof typeof units]]: Number(amount) };
}
