import { Command } from 'commander';
import { Registry } from 'prom-client';
import { jobs } from '../jobs.ts';
import type { Job } from '../platform/jobs/job.ts';
import { Jobs } from '../platform/jobs/jobs.ts';
import type { MakeCommand } from './command.ts';
import { Usage } from './failure.ts';

const timeOf = ({ every }: Job): string =>
  'seconds' in every ? `every ${every.seconds} s` : `${every.cron} (${every.timeZone})`;

export const jobsCommand: MakeCommand = (open) =>
  new Command('jobs')
    .description('What happens by itself, and when.')
    .addCommand(
      new Command('list').description('All jobs: name, time, what they do.').action(() => {
        for (const job of jobs) process.stdout.write(`${job.name}\t${timeOf(job)}\t${job.about}\n`);
      }),
    )
    .addCommand(
      new Command('run')
        .description('Does everything that is due of one job now, and prints how many effects it had.')
        .argument('<name>', 'as "jobs list" shows it')
        .action(async (name: string) => {
          if (!jobs.some((job) => job.name === name))
            throw new Usage(
              `There is no job "${name}". There are:\n${jobs.map((job) => `  ${job.name}`).join('\n')}`,
            );
          const desk = await open();
          const { services } = desk.target();
          const running = new Jobs({
            jobs,
            services,
            databaseUrl: desk.databaseUrl,
            registry: new Registry(),
          });
          try {
            process.stdout.write(`${await running.run(name)}\n`);
          } finally {
            await running.close();
          }
        }),
    );
