/** Every detection to people and scripts. */
import { DETECTIONS } from '../detections/index.ts';
import { CATALOGUE_FORMATS as FORMATS, type CatalogueFormat as Format, renderCatalogue } from '../reports/catalogue.ts';

export type CatalogueFormat = Format;
export const CATALOGUE_FORMATS: readonly CatalogueFormat[] = FORMATS;

export function tellCatalogue(format: CatalogueFormat, width: number): string {
  return renderCatalogue(DETECTIONS, format, width);
}
