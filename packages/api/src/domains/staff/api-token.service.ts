import { apiTokenInput, operatorTokenInput, tokenDays } from '@desk/schema/staff/limits';
import { staffRefusals } from '@desk/schema/staff/refusals';
import { DateTime } from 'luxon';
import { newToken } from '../../platform/auth/tokens.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community } from '../units/index.ts';
import { ApiToken } from './api-token.entity.ts';
import { invalid } from './assignments.ts';
import type { ApiTokenCreateInput, ApiTokenRevokeInput } from './staff.inputs.ts';

type TokenInput = Omit<ApiTokenCreateInput, 'idempotencyKey'>;

/** A token for a machine. The secret is answered here and never again. */
export async function createApiToken(
  tx: Tx,
  input: TokenInput,
): Promise<{ record: ApiToken; extra: { secret: string } }> {
  tx.authoriseOrganisation(ApiToken, 'create');
  return issue(tx, tx.check(apiTokenInput, input), input.expiresAt);
}

/** A token of any role, for operators at the server. */
export async function createOperatorToken(
  tx: Tx,
  input: TokenInput,
): Promise<{ record: ApiToken; extra: { secret: string } }> {
  tx.authoriseOrganisation(ApiToken, 'create');
  return issue(tx, tx.check(operatorTokenInput, input), input.expiresAt);
}

async function issue(tx: Tx, { name, role, community }: TokenInput, expiry: string | null | undefined) {
  if (role === 'ADMINISTRATOR' && community) invalid(['community'], staffRefusals.administratorEverywhere);
  const now = DateTime.fromJSDate(tx.now);
  const expires = expiry ? DateTime.fromISO(expiry) : now.plus({ days: tokenDays.usual });
  if (expires <= now || expires > now.plus({ days: tokenDays.most }))
    invalid(['expiresAt'], staffRefusals.expiry, { days: tokenDays.most });
  const { secret, hash, lastFour } = newToken();
  const record = tx.create(ApiToken, {
    name,
    role,
    community: community ? await tx.get(Community, community, 'community') : null,
    hash,
    lastFour,
    createdBy: tx.viewer.actor.name,
    expiresAt: expires.toJSDate(),
    lastUsedAt: null,
    revokedAt: null,
  });
  return { record, extra: { secret } };
}

/** Ends a token for good; revoking it again changes nothing. */
export async function revokeApiToken(tx: Tx, input: ApiTokenRevokeInput): Promise<ApiToken> {
  const token = await tx.change(ApiToken, input, 'revoke');
  if (token.revokedAt) return token;
  tx.journal.label(token, { action: 'revoke', ...(input.reason && { reason: input.reason }) });
  return tx.assign(token, { revokedAt: tx.now });
}
