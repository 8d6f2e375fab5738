//! Stage after stage: what each wants of every arc, and that the plan is the best by it.

use super::Passed;
use super::agenda;
use super::flaw::{Fault, Flaw};
use super::line::Line;
use super::lines::Lines;
use super::narrow::{self, Gain};
use super::point;
use crate::plan::Proof;
use crate::stage::{Class, StageName};

/// A plan while its stages are checked.
pub(super) struct Checking<'a> {
    /// The arcs, with bounds that grow narrower stage by stage.
    pub(super) lines: Lines<'a>,
    /// The proofs of the stages, and how many of them were seen to be right.
    pub(super) proofs: &'a [Proof],
    pub(super) passed: Vec<Passed>,
}

impl Checking<'_> {
    /// Floors, hours and bands of a class.
    pub(super) fn class(&mut self, class: Class) -> Result<(), Flaw> {
        if class == Class::Essential {
            for version in self.lines.essentials() {
                self.floor(version)?;
            }
        }
        let hours = |line: &Line| i64::from(line.meets() == Some(class));
        self.valued(StageName::Hours(class), |_, line| Gain::flat(hours(line)))?;
        for (band, bound) in self.lines.bands(class) {
            self.valued(StageName::Evenness(class, band), |lines, line| {
                let members = lines.feeds(line, class);
                members.map_or(Gain::NONE, |members| Gain::up_to(bound * i64::from(members)))
            })?;
        }
        Ok(())
    }

    /// The preferences of the terms.
    pub(super) fn preferences(&mut self) -> Result<(), Flaw> {
        for preference in self.lines.preferences() {
            let gain = |lines: &Lines<'_>, line: &Line| lines.preferred(line, preference);
            self.valued(agenda::name(preference), gain)?;
        }
        Ok(())
    }

    /// The levels of one floor.
    fn floor(&mut self, version: u32) -> Result<(), Flaw> {
        let name = StageName::Floor { version: self.lines.version(version) };
        let mut floor = self.lines.floor(version);
        while floor.goes_on() {
            let fault = |stage, fault| Flaw::Stage { stage, name, fault };
            let stage = self.passed.len();
            let proof = self.proof(name)?;
            let level = proof.level.ok_or_else(|| fault(stage, Fault::NoLevel))?;
            let place = |number| self.lines.place(number);
            floor.has(level, place).map_err(|found| fault(stage, found))?;
            floor.raise(&mut self.lines.arcs, level);
            let gain = floor.gains(level);
            self.narrow(name, proof, |_, line| gain(line))?;
            let value = Some(self.value(|_, line| gain(line)));
            self.passed.push(Passed { name, level: Some(level), value });
            floor.rise(self.lines.nodes.count(), &self.lines.arcs, level);
        }
        Ok(())
    }

    /// A stage that wants the same of an arc in every plan.
    fn valued(
        &mut self,
        name: StageName,
        gain: impl Fn(&Lines<'_>, &Line) -> Gain,
    ) -> Result<(), Flaw> {
        let proof = self.plain_proof(name)?;
        self.narrow(name, proof, &gain)?;
        let value = Some(self.value(gain));
        self.passed.push(Passed { name, level: None, value });
        Ok(())
    }

    /// Draws, and then one arc after the other, until the plan is the only one; and nothing after.
    pub(super) fn ties(&mut self, draws: u8) -> Result<(), Flaw> {
        let mut draw = 0;
        while !point::is_single(self.lines.nodes.count(), &self.lines.arcs) {
            if draw < draws {
                let name = StageName::Draw(draw);
                let proof = self.plain_proof(name)?;
                let weight = |lines: &Lines<'_>, line: &Line| lines.weight(line, draw);
                self.narrow(name, proof, |lines, line| Gain::flat(weight(lines, line)))?;
                self.passed.push(Passed { name, level: None, value: None });
                draw += 1;
            } else {
                self.first()?;
            }
        }
        let stage = self.passed.len();
        if self.proofs.len() > stage { Err(Flaw::StageTooMany { stage }) } else { Ok(()) }
    }

    fn first(&mut self) -> Result<(), Flaw> {
        let name = StageName::First;
        let first = point::first_open(self.lines.nodes.count(), &self.lines.arcs);
        let proof = self.plain_proof(name)?;
        let gain = |line: &Line| Gain::flat(i64::from(Some(line.number) == first));
        self.narrow(name, proof, |_, line| gain(line))?;
        self.passed.push(Passed { name, level: None, value: None });
        Ok(())
    }
}

/// One stage.
impl<'a> Checking<'a> {
    /// The proof of the next stage.
    fn proof(&self, name: StageName) -> Result<&'a Proof, Flaw> {
        let stage = self.passed.len();
        let fault = |fault| Flaw::Stage { stage, name, fault };
        let proof = self.proofs.get(stage).ok_or_else(|| fault(Fault::Missing))?;
        let (found, expected) = (proof.potentials.len(), self.lines.nodes.count());
        if found != expected {
            return Err(fault(Fault::Potentials { found, expected }));
        }
        Ok(proof)
    }

    /// The proof of the next stage, which is no floor.
    fn plain_proof(&self, name: StageName) -> Result<&'a Proof, Flaw> {
        let proof = self.proof(name)?;
        let stage = self.passed.len();
        proof.level.map_or(Ok(proof), |level| {
            Err(Flaw::Stage { stage, name, fault: Fault::Level { level } })
        })
    }

    /// Narrows every arc to the flows that are the best by the potentials. Refused if the plan's
    /// flow is not among them.
    fn narrow(
        &mut self,
        name: StageName,
        proof: &Proof,
        gain: impl Fn(&Lines<'_>, &Line) -> Gain,
    ) -> Result<(), Flaw> {
        let mut arcs = std::mem::take(&mut self.lines.arcs);
        let mut better = None;
        for line in arcs.iter_mut().filter(|line| line.can_change()) {
            let cost = narrow::cost(line, &proof.potentials);
            (line.lower, line.upper) = gain(&self.lines, line).narrowed(line, cost);
            if !(line.lower..=line.upper).contains(&line.flow) {
                better = Some(line.number);
                break;
            }
        }
        self.lines.arcs = arcs;
        let Some(number) = better else { return Ok(()) };
        let fault = Fault::NotBest { place: self.lines.place(number) };
        Err(Flaw::Stage { stage: self.passed.len(), name, fault })
    }

    /// What the plan comes to by what a stage wants.
    fn value(&self, gain: impl Fn(&Lines<'_>, &Line) -> Gain) -> i128 {
        self.lines.arcs.iter().map(|line| gain(&self.lines, line).of(line.flow)).sum()
    }
}
