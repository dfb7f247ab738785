/** A test of the way of alerts into each format. */
import type { AlertTest } from '../model/alert-test.ts';
import { renderAlertTestJson } from '../reports/answer-json.ts';
import { viewAlertTest } from '../reports/view-test-alert.ts';
import type { Told } from './tell-answer.ts';

export function tellAlertTest(test: AlertTest): Told {
  return { name: 'test-alert', sheet: () => viewAlertTest(test), json: () => renderAlertTestJson(test) };
}
