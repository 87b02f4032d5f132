import { describe, expect, it } from 'vitest';
import { maySameModel } from '../../../src/engine/fortios/same-model.ts';

describe('two ways to write a model', () => {
  it.each<[string, string, boolean]>([
    ['FGT60F', 'FGT60F', true],
    ['FGT60F', 'FGT61F', false],
    ['FortiGate-60F', 'FortiGate-61F', false],
    ['FGT60F', 'FortiGate-60F', true],
    ['FGT60F', 'FortiGate-60F-POE', true],
    ['FGT60F', 'FortiGate-61F', false],
    ['FGT60F', 'FortiGate-60E', false],
    ['FGT60F', 'FortiGate-600F', false],
    ['FGT60F', 'FortiGate-VM64', false],
    ['FGR60F', 'FortiGateRugged-60F', true],
    ['FWF61F', 'FortiWiFi-61F', true],
    ['FG100F', 'FortiGate-100F', true],
    ['FG100F', 'FortiGate-101F', false],
    ['FG10E0', 'FortiGate-100E', true],
    ['FG3H0E', 'FortiGate-300E', true],
    ['FG180F', 'FortiGate-1800F', true],
    ['FG1K5D', 'FortiGate-1500DT', true],
    ['FG39E6', 'FortiGate-3960E', true],
    ['FG39E6', 'FortiGate-3980E', false],
    ['FGVM64', 'FortiGate-VM64', true],
    ['FGVMK6', 'FortiGate-VM64-KVM', true],
    ['FGVM64', 'FortiGate-60F', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect([maySameModel(one, other), maySameModel(other, one)]).toEqual([same, same]);
  });
});
