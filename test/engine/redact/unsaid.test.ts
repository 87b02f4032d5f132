import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { readLook } from '../../../src/engine/redact/unsaid.ts';

describe('how much a word looks like a secret', () => {
  it.each([
    [5, ['Igel!1805', 'HaseJagd!02', 'Uhu7%Feder']],
    [4, ['Nebel*sieben', 'Igel!Hase', 'Igel+Hase3', 'Nebel~5~Nebel', 'Sturm#Wolke9']],
    [
      2,
      ['Igel;wald;8', 'Igel#2031', 'Igel=31', 'Igel&Hase', 'Nebelkrähe_01', 'Nebelhorn-0-5', 'Ufer.nebel.12'],
    ],
    [1, ['Tunnel#12', 'wlan0-up']],
    [0, ['R&D', 'Q&A', 'C#', 'Port=8443', 'mode=tunnel', '/a/b#c1', 'wren@example.com', 'vpn.example.com']],
  ])('%i: %j', (look, words) => {
    expect(words.map((word) => [word, readLook(word, [])])).toEqual(words.map((word) => [word, look]));
  });
});

describe('a word that looks like a password', () => {
  const redacted = (text: string): string => redact([{ name: 'paste 1', text }]).items[0]?.text ?? '';

  it.each([
    ['without a noun', 'Marlow thinks it was Igel!1805, three tries are left.', 'Igel!1805'],
    ['below a noun', 'pw for the branch pls\nMarlow 10:42\nNebel*sieben\nWren 10:43', 'Nebel*sieben'],
    ['of the form of another', 'Admin pw here is Uhu-Nebel-1, there Uhu-Regen-2.', 'Uhu-Regen-2'],
    ['behind an arrow', 'Les nouveaux mots de passe : wren → Igel=31, marlow → Hase=32.', 'Hase=32'],
    ['beside another noun', 'Neue Schlüssel: Tunnel Nord bekommt Igel&Dachs, der Rest bleibt.', 'Igel&Dachs'],
  ])('is hidden %s', (_, text, secret) => {
    const once = redacted(text);
    expect(once).not.toContain(secret);
    expect(redacted(once)).toBe(once);
  });

  it.each([
    'The phone works.\n\n\n\nNebel*sieben',
    'pw for the branch pls\none\ntwo\nthree\nNebel*sieben',
    'See Tunnel#12 and INC#20311 of R&D, version 7.4.8#2795.',
    'GET https://vpn.example.com/a?b=c#Teil2&d=e%20f',
    'fw01#diagnose debug enable',
    'The password is right; fw01#diagnose debug enable was typed.',
    'The group VPN-Users~2024 and the policy Allow_VPN#12345 of Dachs&Uhu2 use RAM~16GByte.',
    'Lifetime=86400 and Port=8443 are the same, only the psk differs.',
  ])('is none in: %j', (text) => {
    expect(redacted(text)).toBe(text);
  });
});
