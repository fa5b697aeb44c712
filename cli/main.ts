#!/usr/bin/env node
import { run } from './run.ts';
import { standardTerminal } from './terminal.ts';

const code = await run(process.argv.slice(2), standardTerminal());
// A result that could not be written has set it already.
process.exitCode ??= code;
