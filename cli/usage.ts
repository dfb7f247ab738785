/** Commander's complaint about a command line into our form: expected this, got that. */
import type { Command, CommanderError } from 'commander';

export function describeUsage({ code, message }: CommanderError, program: Command): string {
  const [, first = ''] = /'(.*)'/s.exec(message) ?? [];
  const [, hint = ''] = /\((Did you mean .*)\)/s.exec(message) ?? [];
  const more = hint === '' ? 'see keyholder --help' : hint.replace('Did', 'did');
  switch (code) {
    case 'commander.help': {
      const last = program.args.at(-1);
      return last === undefined ? 'expected a command, got none' : `expected help on a command, got ${quote(last)}`;
    }
    case 'commander.unknownCommand':
      return `expected a command that is known, got ${quote(first)} (${more})`;
    case 'commander.unknownOption':
      return `expected a flag that is known, got ${quote(first)} (${more})`;
    case 'commander.optionMissingArgument':
      return `expected a value for ${first}, got none`;
    case 'commander.missingMandatoryOptionValue':
      return `expected ${first}, got no such flag`;
    case 'commander.missingArgument':
      return `expected an argument <${first}>, got none`;
    case 'commander.conflictingOption': {
      const [one, other] = [...message.matchAll(/'(?:-\w, )?(--[a-z-]+)/g)].map(([, flag]) => flag);
      return `expected either ${one} or ${other}, got both`;
    }
    case 'commander.helpDisplayed':
      return `expected a command that is known, got ${quote(program.args[0] ?? '')} (see keyholder --help)`;
    case 'commander.excessArguments':
      return `expected no further argument to ${first}, got one (see keyholder ${first} --help)`;
    default:
      return `expected another command line, got: ${message.replace(/^error: /, '')}`;
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
