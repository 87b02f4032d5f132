import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

export interface ReleaseSource {
  readonly version: string;
  /** The commit that was built. */
  readonly revision: string;
  /** Path of the lock file that was installed from. */
  readonly lockFile: string;
}

/** Hexadecimal SHA-256 of a file. */
export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/**
 * An in-toto statement with the SLSA provenance (v1) of the files: from which commit, version and lock file they were made.
 * Source: https://slsa.dev/spec/v1.0/provenance.
 */
export function createProvenance(files: readonly string[], source: ReleaseSource) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map((path) => ({ name: basename(path), digest: { sha256: sha256(path) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:ftm-check:npm-run-release:v1',
        externalParameters: { version: source.version },
        resolvedDependencies: [
          { name: 'source', digest: { gitCommit: source.revision } },
          { name: 'package-lock.json', digest: { sha256: sha256(source.lockFile) } },
        ],
      },
      runDetails: { builder: { id: 'urn:ftm-check:local', version: { node: process.version } } },
    },
  };
}

/** A DSSE envelope of a statement, signed by a private key in PEM (Ed25519 or ECDSA). */
export function signedEnvelope(statement: object, pem: string) {
  const payload = Buffer.from(JSON.stringify(statement));
  const key = createPrivateKey(pem);
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return {
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString('base64'),
    signatures: [{ sig: sign(algorithm, preAuthenticationEncoding(payload), key).toString('base64') }],
  };
}

/** What is signed (https://github.com/secure-systems-lab/dsse): type and payload, each with its length. */
export function preAuthenticationEncoding(payload: Buffer): Buffer {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}
