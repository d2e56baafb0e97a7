import type { Command } from 'commander';
import type { Desk } from './desk.ts';

/** Opens the database when a command needs it, not before: `--help` works without one. */
export type OpenDesk = () => Promise<Desk>;

/** One file of this folder: a command with its sub-commands. */
export type MakeCommand = (open: OpenDesk) => Command;
