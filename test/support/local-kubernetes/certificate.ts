/** A certificate authority for localhost that lives as long as a test: no key lies in the repository. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** X.509 in DER, by hand: Node reads certificates and makes none. */
export function makeCertificate(): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = signed(describeCertificate(publicKey), privateKey);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const cert = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const ECDSA_WITH_SHA256 = node(0x30, oid('2a8648ce3d040302'));

function describeCertificate(publicKey: KeyObject): Buffer {
  const name = node(0x30, node(0x31, node(0x30, oid('550403'), node(0x0c, Buffer.from('localhost')))));
  const validity = node(0x30, utc('240101000000Z'), utc('490101000000Z'));
  const names = node(0x30, node(0x82, Buffer.from('localhost')), node(0x87, Buffer.from([127, 0, 0, 1])));
  const alternative = node(0x30, oid('551d11'), node(0x04, names));
  const authority = node(0x30, oid('551d13'), node(0x01, Buffer.from([0xff])), node(0x04, node(0x30, yes())));
  return node(
    0x30,
    node(0xa0, node(0x02, Buffer.from([2]))),
    node(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, node(0x30, alternative, authority)),
  );
}

function signed(content: Buffer, key: KeyObject): Buffer {
  const signature = sign('sha256', content, key);
  return node(0x30, content, ECDSA_WITH_SHA256, node(0x03, Buffer.from([0]), signature));
}

function node(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(hex: string): Buffer {
  return node(0x06, Buffer.from(hex, 'hex'));
}

function utc(text: string): Buffer {
  return node(0x17, Buffer.from(text));
}

function yes(): Buffer {
  return node(0x01, Buffer.from([0xff]));
}
