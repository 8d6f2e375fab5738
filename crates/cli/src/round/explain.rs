//! `--explain UNIT`: what a unit gives and gets, who begins, why a need stayed open, and what would
//! help, in words.

use circuits::{Answer, Answers, Delivery, Loop, Plan, Trace, UnitIndex, VersionIndex};
use measure::Hours;
use node::words::{answer, answer_data};

use super::Fault;
use super::problem::Problem;

/// The most loops that are told; what is beyond is told as a sum.
const LOOPS_MAX: usize = 20;

/// The most suggestions of a kind.
const SUGGESTIONS_MAX: usize = 3;

/// The most units that are named as able to back.
const BACKERS_MAX: usize = 3;

/// The unit with a name.
pub(crate) fn find(problem: &Problem, name: &str) -> Result<UnitIndex, Fault> {
    let unknown =
        || Fault::Round(format!("--explain: unit `{name}` is unknown; expected one of the input"));
    problem.units().known(name).map(UnitIndex).ok_or_else(unknown)
}

/// What the plan means for a unit, sentence by sentence.
pub(crate) fn sentences(problem: &Problem, plan: &Plan, unit: UnitIndex) -> Vec<String> {
    let trace = Trace::new(problem.round(), plan);
    let answers = trace.as_ref().map(|trace| Answers::new(problem.round(), trace));
    let told = Told { problem, steps: problem.deliveries(plan), answers };
    let mut sentences = vec![told.sum(unit, Side::Gives), told.sum(unit, Side::Gets)];
    let deliveries: Vec<Delivery> = told.steps.iter().map(|step| step.delivery).collect();
    let found = circuits::loops(problem.units().len(), &deliveries, unit, LOOPS_MAX);
    for (number, one) in (1..).zip(&found) {
        sentences.push(format!("Loop {number}, {} h: {}.", one.hours, told.around(one)));
        sentences.push(told.beginning(one, &deliveries));
    }
    if found.len() == LOOPS_MAX {
        sentences.push("There may be more loops; these are the shortest.".to_owned());
    }
    if let Some(answer) = told.answer(unit) {
        sentences.extend(answer::sentences(&told, &answer));
    }
    sentences
}

/// What the plan means for a unit, for programs.
pub(crate) fn data(problem: &Problem, plan: &Plan, unit: UnitIndex) -> serde_json::Value {
    let trace = Trace::new(problem.round(), plan);
    let answers = trace.as_ref().map(|trace| Answers::new(problem.round(), trace));
    let told = Told { problem, steps: Vec::new(), answers };
    told.answer(unit).map(|answer| answer_data::data(&told, &told, &answer)).into()
}

/// One delivery of a plan, with the name of what is delivered.
pub(crate) struct Step<'a> {
    pub(crate) delivery: Delivery,
    /// Nothing for an obligation.
    pub(crate) what: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Gives,
    Gets,
}

struct Told<'a> {
    problem: &'a Problem,
    steps: Vec<Step<'a>>,
    /// None if there is nothing to be asked.
    answers: Option<Answers<'a>>,
}

impl answer::Called for Told<'_> {
    fn unit(&self, unit: UnitIndex) -> String {
        format!("`{}`", self.name(unit))
    }

    fn version(&self, version: VersionIndex) -> String {
        format!("`{}`", self.problem.what(version))
    }

    fn lot_source(&self) -> &'static str {
        "the seed"
    }
}

impl answer_data::Named for Told<'_> {
    fn unit(&self, unit: UnitIndex) -> serde_json::Value {
        self.name(unit).into()
    }

    fn version(&self, version: VersionIndex) -> serde_json::Value {
        self.problem.what(version).into()
    }
}

impl Told<'_> {
    fn answer(&self, unit: UnitIndex) -> Option<Answer> {
        let answers = self.answers.as_ref()?;
        Some(answers.answer(unit, SUGGESTIONS_MAX, &[], |backer| answers.room_left(backer)))
    }

    fn name(&self, unit: UnitIndex) -> &str {
        self.problem.units().name(unit.0)
    }

    /// `bakery` gives 3:00 h: 2:00 h of `bread` to `clinic`, 1:00 h of `cake` to `school`.
    fn sum(&self, unit: UnitIndex, side: Side) -> String {
        let mut total = 0;
        let mut parts = Vec::new();
        for step in &self.steps {
            let Delivery { giver, receiver, hours } = step.delivery;
            let (own, other) =
                if side == Side::Gives { (giver, receiver) } else { (receiver, giver) };
            if own == unit && hours.is_positive() {
                total += hours.seconds();
                let way = if side == Side::Gives { "to" } else { "from" };
                parts.push(format!("{hours} h{} {way} `{}`", of(step), self.name(other)));
            }
        }
        let verb = if side == Side::Gives { "gives" } else { "gets" };
        let total = Hours::from_seconds(total).unwrap_or_default();
        if parts.is_empty() {
            format!("`{}` {verb} nothing.", self.name(unit))
        } else {
            format!("`{}` {verb} {total} h: {}.", self.name(unit), parts.join(", "))
        }
    }

    /// `bakery` gives `bread` to `clinic`, `clinic` gives `care` to `bakery`.
    fn around(&self, one: &Loop) -> String {
        let steps = one.steps.iter().filter_map(|&step| self.steps.get(step));
        let told = steps.map(|step| {
            let (giver, receiver) =
                (self.name(step.delivery.giver), self.name(step.delivery.receiver));
            match step.what {
                Some(what) => format!("`{giver}` gives `{what}` to `{receiver}`"),
                None => format!("`{giver}` delivers what it owes `{receiver}`"),
            }
        });
        let mut told: Vec<String> = told.collect();
        let ends = one.steps.first().zip(one.steps.last());
        let ends = ends.and_then(|(&a, &b)| self.steps.get(a).zip(self.steps.get(b)));
        if let (false, Some((first, last))) = (one.closed, ends) {
            let (giver, receiver) =
                (self.name(first.delivery.giver), self.name(last.delivery.receiver));
            told.push(format!("`{giver}` earns entitlement and `{receiver}` uses its own"));
        }
        told.join(", ")
    }

    /// Who begins a loop, and with how much at once.
    fn beginning(&self, one: &Loop, deliveries: &[Delivery]) -> String {
        if self.problem.is_set_off() {
            return "Nobody has to begin: the obligations are set off against each other."
                .to_owned();
        }
        let Some((receiver, at_once)) = one.beginner(deliveries, |unit| self.problem.room(unit))
        else {
            return self.nobody_begins(one, deliveries);
        };
        let giver = one.steps.iter().filter_map(|&step| deliveries.get(step));
        let giver =
            giver.rev().find(|d| d.receiver == receiver).map_or("?", |d| self.name(d.giver));
        let receiver = self.name(receiver);
        if at_once == one.hours {
            format!("`{giver}` begins, since `{receiver}` has room for all of it.")
        } else {
            let once = at_once.seconds().max(1);
            let times = (one.hours.seconds() + once - 1) / once;
            format!(
                "`{giver}` begins, since `{receiver}` has room: {at_once} h at a time, {times} times \
                 around."
            )
        }
    }

    /// What room a loop lacks, and who could lend it.
    fn nobody_begins(&self, one: &Loop, deliveries: &[Delivery]) -> String {
        let receivers: Vec<UnitIndex> =
            one.steps.iter().filter_map(|&step| Some(deliveries.get(step)?.receiver)).collect();
        let names: Vec<_> =
            receivers.iter().map(|&unit| format!("`{}`", self.name(unit))).collect();
        let mut told = format!(
            "Nobody in it has room to get before giving. It can begin once one of {} has room, of its \
             own or by backing: with {} h it goes around at once, with less in instalments.",
            names.join(", "),
            one.hours
        );
        let left = |unit: &UnitIndex| {
            let left = self.answers.as_ref().map(|answers| answers.room_left(*unit))?;
            (left.is_positive() && !receivers.contains(unit)).then_some((left, *unit))
        };
        let mut backers: Vec<_> = self.problem.all_units().filter_map(|unit| left(&unit)).collect();
        backers.sort_unstable_by_key(|&(left, unit)| (std::cmp::Reverse(left), unit));
        let backers = backers.iter().take(BACKERS_MAX);
        let backers: Vec<_> = backers
            .map(|&(left, unit)| format!("`{}` with {} h", self.name(unit), left.min(one.hours)))
            .collect();
        if !backers.is_empty() {
            told = format!("{told} Who could back one of them: {}.", backers.join(", "));
        }
        told
    }
}

/// ` of ‹what›`, or nothing for an obligation.
fn of(step: &Step<'_>) -> String {
    step.what.map(|what| format!(" of `{what}`")).unwrap_or_default()
}
