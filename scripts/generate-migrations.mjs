// Writes the migrations of both engines after a change of db/schema: `npm run db:generate -- --name what-changed`.
import { spawnSync } from 'node:child_process';

for (const engine of ['sqlite', 'postgres']) {
  const args = ['node_modules/drizzle-kit/bin.cjs', 'generate', `--config=db/drizzle.${engine}.config.ts`];
  const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
