import { isAllowed, shippedLicences } from './licences.ts';

/** Prints all licences. Fails if one is not allowed. */
for (const { name, version, licence } of shippedLicences()) {
  console.log(`${name}@${version}\t${licence}`);
  if (!isAllowed(licence)) {
    console.error(`${name}@${version}: ${licence} is not among the licences that we ship`);
    process.exitCode = 1;
  }
}
