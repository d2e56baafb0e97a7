import { useMemo } from 'react';
import { useLocation } from 'react-router-dom';
import type { Values } from '../../platform/mutations.ts';
import { useGiven } from '../../ui/ResourceCreate.tsx';

/** What the address of a new ticket may say: `?unit=…&resident=…&call=…` of a ringing call, or `?source={…}`. */
const inputs = { unit: 'unit', resident: 'reporter', call: 'call' } as const;

/** What is known before the first question is asked. */
export function useGivenTicket(): Values {
  const { search } = useLocation();
  const source = JSON.stringify(useGiven());
  return useMemo(() => {
    const params = new URLSearchParams(search);
    const named = Object.entries(inputs).flatMap(([name, input]) => {
      const value = params.get(name);
      return value ? [[input, value] as const] : [];
    });
    return { ...(JSON.parse(source) as Values), ...Object.fromEntries(named) };
  }, [search, source]);
}
