use std::sync::{Arc, OnceLock};

use circuits::{Answer, Answers, Plan, Rounding, Trace, UnitIndex, VersionIndex};
use federation::rows::{Pass, Round, Unit, Version};
use federation::{Federation, Id, Problem, Refusal};
use measure::Hours;
use serde_json::Value;

use crate::left_out::{LeftOut, needed_any};
use crate::words::answer::{self, Called};
use crate::words::answer_data::{self, Named};
use crate::{Failed, Hosted};

/// How many suggestions of a kind stand in an answer.
const SUGGESTIONS_MOST: usize = 3;

/// A plan with the problem that it solved.
#[derive(Debug)]
pub(crate) struct Solved {
    pub(crate) problem: Problem,
    pub(crate) plan: Arc<Plan>,
    /// What is the same for whoever asks, once anybody has.
    trace: OnceLock<Option<Trace>>,
}

impl Solved {
    pub(crate) fn new(problem: Problem, plan: Arc<Plan>) -> Self {
        Self { problem, plan, trace: OnceLock::new() }
    }

    fn trace(&self) -> Option<&Trace> {
        self.trace.get_or_init(|| Trace::new(&self.problem.round, &self.plan)).as_ref()
    }
}

/// What a plan means for a unit, beyond what it gives and gets.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which unit.
    pub unit: Id<Unit>,
    /// Whether it needed anything that the plan was asked to meet.
    pub needed: bool,
    /// Each need that stayed open, in a sentence, and why, part by part.
    pub open: Vec<(String, Vec<String>)>,
    /// Each need that the plan was not even asked to meet, and why, in sentences.
    pub left_out: Vec<String>,
    /// What would help, in sentences.
    pub help: Vec<String>,
    /// Which stage settled how much it gives and gets, in sentences.
    pub settled: Vec<String>,
    /// The same for programs.
    pub data: Value,
}

impl Told {
    fn new(
        known: &Known,
        (unit, needed): (Id<Unit>, bool),
        answer: &Answer,
        left_out: &[LeftOut],
    ) -> Self {
        let need = |need| {
            let says = answer::open_need_sentence(known, answer.unit, need);
            (says, answer::why_sentences(known, answer.unit, need))
        };
        let mut data = answer_data::data(known, known, answer);
        data["left_out"] = left_out.iter().map(LeftOut::data).collect();
        Self {
            unit,
            needed,
            open: answer.open.iter().map(need).collect(),
            left_out: left_out.iter().map(|one| one.says.clone()).collect(),
            help: answer::help_sentences(known, answer),
            settled: answer::settled_sentences(known, answer),
            data,
        }
    }

    /// Says too what rounding to whole steps made of the plan, if anything.
    fn round_off(&mut self, rounding: &Rounding) {
        let says = answer::rounding_sentence(rounding);
        if let Some(list) = self.data["says"].as_array_mut() {
            list.extend(says.clone().map(Value::from));
        }
        self.settled.extend(says);
    }
}

/// What is known of the units and versions of a problem, by their positions in it.
struct Known {
    units: Vec<(Id<Unit>, String)>,
    versions: Vec<(Id<Version>, String)>,
    /// What each unit could lend of its base.
    lendable: Vec<Hours>,
    /// Who has given what before.
    given: Vec<(UnitIndex, VersionIndex)>,
}

impl Hosted {
    /// What one of a round's plans means for a unit; none if the round has no such plan, or the
    /// unit takes no part in it. Slow for a large round.
    pub fn told(
        &self,
        round: Id<Round>,
        pass: Pass,
        unit: Id<Unit>,
    ) -> Result<Option<Told>, Failed> {
        let Some(solved) = self.solved(round, pass)? else { return Ok(None) };
        self.told_of(&solved, unit, |state| {
            let round = state.round(round)?;
            let plan = round.plan(pass).ok_or(Refusal::PlanMissing {})?;
            let left_out = LeftOut::all(state, (round, pass), &plan.inputs, unit);
            Ok((needed_any(state, &plan.inputs, unit), left_out))
        })
    }

    /// What a plan means for a unit, of which the state says whether it needed anything that the
    /// plan was asked to meet, and what it was not; none if the unit takes no part in it.
    pub(crate) fn told_of(
        &self,
        solved: &Solved,
        unit: Id<Unit>,
        asked: impl FnOnce(&Federation) -> Result<(bool, Vec<LeftOut>), Refusal>,
    ) -> Result<Option<Told>, Failed> {
        let Ok(place) = solved.problem.units.binary_search(&unit) else { return Ok(None) };
        let (known, asked) =
            self.read(|state| (Known::of(state, &solved.problem), asked(state)))?;
        let (needed, left_out) = asked?;
        let Some(trace) = solved.trace() else { return Ok(None) };
        let answers = Answers::new(&solved.problem.round, trace);
        let index = UnitIndex(u32::try_from(place).unwrap_or(u32::MAX));
        let lendable = |unit: UnitIndex| at(&known.lendable, unit.0).copied().unwrap_or_default();
        let answer = answers.answer(index, SUGGESTIONS_MOST, &known.given, lendable);
        let mut told = Told::new(&known, (unit, needed), &answer, &left_out);
        told.round_off(&trace.rounding());
        Ok(Some(told))
    }

    /// One of a round's plans with its problem. The last one asked for is kept.
    fn solved(&self, round: Id<Round>, pass: Pass) -> Result<Option<Arc<Solved>>, Failed> {
        let annex = self.read(|state| {
            let round = state.round(round)?;
            Ok::<_, Refusal>(round.plan(pass).map(|plan| plan.annex))
        })??;
        let Some(annex) = annex else { return Ok(None) };
        if let Some(kept) = self.kept_solved(annex) {
            return Ok(Some(kept));
        }
        let missing = || Failed::fault(format!("annex {annex} is gone; run `artel doctor`"));
        let bytes = self.record().annex(annex).map_err(Failed::from)?.ok_or_else(missing)?;
        let plan = Arc::new(Plan::from_bytes(&bytes).map_err(Failed::fault)?);
        let problem = self.read(|state| state.problem_solved(round, pass))??;
        let solved = Arc::new(Solved::new(problem, plan));
        self.keep_solved(annex, solved.clone());
        Ok(Some(solved))
    }
}

impl Known {
    fn of(state: &Federation, problem: &Problem) -> Self {
        let unit = |&id: &Id<Unit>| (id, crate::words::unit_name(state, id));
        let version = |&id: &Id<Version>| (id, state.version_label(id));
        let lendable = |&id: &Id<Unit>| state.unit(id).map(Unit::free_base).unwrap_or_default();
        let mut given: Vec<_> = state
            .contracts()
            .filter(|(_, contract)| !contract.accepted.is_zero())
            .filter_map(|(_, contract)| {
                let unit = place(&problem.units, contract.parties.giver)?;
                Some((UnitIndex(unit), VersionIndex(place(&problem.versions, contract.version)?)))
            })
            .collect();
        given.sort_unstable();
        given.dedup();
        Self {
            units: problem.units.iter().map(unit).collect(),
            versions: problem.versions.iter().map(version).collect(),
            lendable: problem.units.iter().map(lendable).collect(),
            given,
        }
    }
}

fn place<T>(sorted: &[Id<T>], id: Id<T>) -> Option<u32> {
    sorted.binary_search(&id).ok().and_then(|place| u32::try_from(place).ok())
}

fn at<T>(list: &[T], place: u32) -> Option<&T> {
    usize::try_from(place).ok().and_then(|place| list.get(place))
}

impl Called for Known {
    fn unit(&self, unit: UnitIndex) -> String {
        at(&self.units, unit.0).map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn version(&self, version: VersionIndex) -> String {
        at(&self.versions, version.0).map(|(_, label)| label.clone()).unwrap_or_default()
    }

    fn lot_source(&self) -> &'static str {
        "the record's root when the round was opened"
    }
}

impl Named for Known {
    fn unit(&self, unit: UnitIndex) -> Value {
        at(&self.units, unit.0).map(|(id, _)| id.number()).into()
    }

    fn version(&self, version: VersionIndex) -> Value {
        at(&self.versions, version.0).map(|(id, _)| id.number()).into()
    }
}
