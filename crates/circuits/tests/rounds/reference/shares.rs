//! The floor, the hours and the bands.

use super::{Reference, Stage};
use crate::slow::Gain;
use circuits::{Class, Label, StageName, VersionIndex};
use sha2::{Digest, Sha256};

const BANDS: [i128; 7] = [900, 1800, 3600, 7200, 14_400, 28_800, 57_600];

impl Reference<'_> {
    /// Essential versions that somebody needs, in the order of their hashes.
    pub(super) fn essentials(&self) -> Vec<u32> {
        let hash = |&version: &u32| {
            let Label(label) = &self.request.versions[version as usize].label;
            let seed = Sha256::new_with_prefix(self.request.seed);
            seed.chain_update(b"e").chain_update(label).finalize()
        };
        let mut versions: Vec<u32> = self.floors.keys().map(|&(version, _)| version).collect();
        versions.dedup();
        versions.sort_by_key(hash);
        versions
    }

    pub(super) fn floor(&mut self, version: u32, stages: &mut Vec<Stage>) {
        let highest = self.highest(version);
        let members = |unit: u32| i128::from(self.request.units[unit as usize].members);
        let of = self.floors.iter().filter(|((one, _), _)| *one == version);
        let mut rising: Vec<(usize, i128, i128)> =
            of.map(|(&(_, unit), &arc)| (arc, members(unit), self.slow.size(arc))).collect();
        let asked = |level: i128, &(arc, members, most): &(usize, i128, i128)| {
            (arc, Gain::up_to(most.min(level * members)))
        };
        for _ in 0..32 {
            let wants = |level| -> Vec<_> { rising.iter().map(|one| asked(level, one)).collect() };
            let whole = |level| wants(level).iter().map(|(_, gain)| gain.bend).sum::<i128>();
            let feasible = |level| self.slow.clone().stage(&wants(level)) == whole(level);
            let (mut low, mut above) = (0, highest + 1);
            while above - low > 1 {
                let level = i128::midpoint(low, above);
                if feasible(level) { low = level } else { above = level }
            }
            self.slow.stage(&wants(low));
            let further = if low < highest { wants(low + 1) } else { Vec::new() };
            let value = self.slow.stage(&further);
            stages.push((
                StageName::Floor { version: VersionIndex(version) },
                i64::try_from(low).ok(),
                value,
            ));
            let slow = &self.slow;
            rising.retain(|one| {
                let (arc, gain) = asked(low + 1, one);
                let mut least = slow.clone();
                least.stage(&[(arc, Gain::flat(-1))]);
                low < highest && gain.bend < one.2 && least.flow(arc) >= gain.bend
            });
            if rising.is_empty() {
                break;
            }
        }
    }

    pub(super) fn class(&mut self, class: Class, stages: &mut Vec<Stage>) {
        let place = usize::from(class == Class::Other);
        let intakes: Vec<usize> = self.intakes.iter().map(|intakes| intakes[place]).collect();
        let hours: Vec<_> = intakes.iter().map(|&arc| (arc, Gain::flat(1))).collect();
        stages.push((StageName::Hours(class), None, self.slow.stage(&hours)));
        if !self.request.terms.evenness {
            return;
        }
        for (band, bound) in (0..).zip(BANDS) {
            let bends = self.request.units.iter().map(|unit| bound * i128::from(unit.members));
            let gains: Vec<_> =
                intakes.iter().zip(bends).map(|(&arc, bend)| (arc, Gain::up_to(bend))).collect();
            let beyond = |(most, (_, gain)): (&[i128; 2], &(usize, Gain))| most[place] > gain.bend;
            if !self.most.iter().zip(&gains).any(beyond) {
                continue;
            }
            stages.push((StageName::Evenness(class, band), None, self.slow.stage(&gains)));
        }
    }
}
