/** Every detection into what a message says of it; a function carries the result alone (scripts/evaluated-modules.mjs). */
import { DETECTIONS } from '../detections/index.ts';

export interface NoticeText {
  readonly id: string;
  readonly title: string;
  readonly fix: string;
}

export const NOTICE_TEXTS: readonly NoticeText[] = DETECTIONS.map(({ id, title, fix }) => ({ id, title, fix }));
