import { upperFirst } from '../../engine/rules/shared/logins.ts';
import type { DeviceName } from '../../platform/runs/past-check.ts';
import { clip, printable } from './printable.ts';

const PLACES = ['customer', 'site'] as const;

export type Place = (typeof PLACES)[number];

type Placed = Pick<DeviceName, Place>;

/** Columns of a table: those that one of its devices has in the inventory. */
export function shownPlaces(devices: readonly Placed[]): readonly Place[] {
  return PLACES.filter((place) => devices.some((device) => device[place] !== undefined));
}

export function placeTitles(places: readonly Place[]): readonly string[] {
  return places.map(upperFirst);
}

export function placeCells(device: Placed, places: readonly Place[]): readonly string[] {
  return places.map((place) => device[place] ?? '');
}

const MAX_LENGTH = 100;

/** `Northwind, Lyon`; empty if the inventory names neither. */
export function placeText({ customer, site }: Placed): string {
  const places = [customer, site].flatMap((place) => (place === undefined ? [] : [printable(place)]));
  return clip(places.join(', ').replaceAll('`', 'ˋ'), MAX_LENGTH);
}
