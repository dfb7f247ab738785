/** Environment variables into settings: the only place that reads them. */

export interface TerminalSettings {
  /** NO_COLOR (https://no-color.org) or a terminal that knows no colours. */
  readonly plain: boolean;
  /** A log of a build, where a line that rewrites itself is noise. */
  readonly ci: boolean;
  /** KEYHOLDER_DEBUG: errors come with their stack. */
  readonly debug: boolean;
}

export function readTerminalSettings(): TerminalSettings {
  return {
    plain: isSet('NO_COLOR') || process.env.TERM === 'dumb',
    ci: isSet('CI'),
    debug: isSet('KEYHOLDER_DEBUG'),
  };
}

function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== '';
}
