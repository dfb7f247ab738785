/** Files into a zip whose bytes depend on nothing but them: no clock, no order of a directory. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZippedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** 1 January 1980, the first day that the format knows. */
const DOS_DATE = 0x0021;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;

export function zipFiles(files: readonly ZippedFile[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of sorted) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const about = describeEntry(name, bytes, packed);
    const local = Buffer.concat([numbers([4, 0x04034b50]), about, Buffer.from(name), packed]);
    const place = numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    central.push(Buffer.concat([numbers([4, 0x02014b50], [2, VERSION]), about, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const count = sorted.length;
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...locals, directory, end]);
}

/** What the entry and the directory say alike. */
function describeEntry(name: string, bytes: Buffer, packed: Buffer): Buffer {
  const sizes = [crc32(bytes), packed.length, bytes.length].map((value): [4, number] => [4, value]);
  const head = numbers([2, VERSION], [2, UTF8_NAMES], [2, DEFLATED], [2, 0], [2, DOS_DATE]);
  return Buffer.concat([head, numbers(...sizes), numbers([2, Buffer.byteLength(name)], [2, 0])]);
}

/** Little-endian, each of its width in bytes. */
function numbers(...values: readonly (readonly [width: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([width, value]) => {
      const buffer = Buffer.alloc(width);
      buffer.writeUIntLE(value, 0, width);
      return buffer;
    }),
  );
}
