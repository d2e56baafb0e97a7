import { hashPassword as scrypt } from 'better-auth/crypto';

/** The stored form of a password (scrypt with its own salt); takes some 50 ms on purpose. */
export const hashPassword = (password: string): Promise<string> => scrypt(password);
