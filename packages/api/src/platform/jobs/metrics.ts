import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What an operator watches: that jobs run, succeed, and are not late. */
export class JobMetrics {
  readonly runs: Counter<'job' | 'outcome'>;
  readonly effects: Counter<'job'>;
  readonly rowFailures: Counter<'job'>;
  readonly seconds: Histogram<'job'>;
  readonly lag: Gauge<'job'>;
  readonly succeeded: Gauge<'job'>;

  constructor(registry: Registry) {
    const of = (name: string, help: string) => ({
      name,
      help,
      labelNames: ['job'] as const,
      registers: [registry],
    });
    this.runs = new Counter({
      ...of('job_runs_total', 'Looks of a job in this process, by outcome (succeeded, failed).'),
      labelNames: ['job', 'outcome'] as const,
    });
    this.effects = new Counter(of('job_effects_total', 'Effects of a job in this process.'));
    this.rowFailures = new Counter(
      of('job_row_failures_total', 'Rows that failed while the rest of their job went on.'),
    );
    this.seconds = new Histogram({
      ...of('job_duration_seconds', 'Time of one look of a job.'),
      buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600],
    });
    this.lag = new Gauge(of('job_lag_seconds', 'How late the last look began after it was due.'));
    this.succeeded = new Gauge(
      of('job_last_success_timestamp_seconds', 'When a job last succeeded in this process.'),
    );
  }
}
