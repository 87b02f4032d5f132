import { isAllowed, shippedLicences } from './licences.ts';

/** The list of licences for whoever has to see one. Fails where one is not among the allowed. */
for (const { name, version, licence } of shippedLicences()) {
  console.log(`${name}@${version}\t${licence}`);
  if (!isAllowed(licence)) {
    console.error(`${name}@${version}: ${licence} is not among the licences that we ship`);
    process.exitCode = 1;
  }
}
