import { type Client, client, type TestOrganisation, unique, type World } from './world.ts';

/** An integrator's telephone system: a token, not a person. */
export async function exchange(world: World, org: TestOrganisation): Promise<Client> {
  const { apiToken, secret, userErrors } = await org.admin.mutate(
    'apiTokenCreate',
    { name: unique('PBX'), role: 'INTEGRATOR' },
    'apiToken { id } secret',
  );
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return client(world.app, world.app.uuidOf(apiToken.id), { authorization: `Bearer ${secret}` });
}

/** A resident with a number, living in a unit of its own unless one is given. */
export async function dweller(
  org: TestOrganisation,
  at: { community: string; unit?: string; phone?: string; name?: string; secondPhone?: string },
): Promise<{ id: string; name: string }> {
  const { community, unit, phone = '13812345678', name = '欧阳娜娜', secondPhone } = at;
  const { resident } = await org.admin.mutate(
    'residentCreate',
    { community, name, phone, secondPhone },
    'resident { id name }',
  );
  if (unit)
    await org.admin.mutate(
      'residencyCreate',
      { unit, resident: resident.id, relation: 'FAMILY', startsOn: '2020-01-01' },
      'residency { id }',
    );
  return resident;
}
