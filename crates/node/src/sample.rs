//! The sample federation: a dozen units on a river, and half a year of their life.
//!
//! Every entry is a real statement, signed by one of its people and judged by the state machine;
//! every plan was worked out by the engine. Only the people are invented.

mod circle;
mod decisions;
mod delegates;
mod events;
mod living;
mod polls;
mod stage;
mod standing;
mod swap;
mod village;
mod wares;
mod weeks;

use std::sync::Arc;

use federation::Time;

use crate::{Failed, Hosted, KeptKey, Node, Seat};
use stage::Stage;
pub use stage::{Inhabitant, Sample};

/// Whole weeks that have passed when the visitor comes.
const WEEKS: i64 = 26;

/// The sample federation as it stands at a moment: its statements in the order of the record, and
/// the people with their keys. The same moment gives the same bytes.
pub fn half_a_year(now: Time) -> Result<Sample, Failed> {
    let day = 86_400;
    // The visitor comes on the second morning of a round, when it takes offers and needs.
    let founded = now.plus_seconds(-(WEEKS * 7 + 1) * day);
    let mut stage = Stage::found(founded, &village::founders())?;
    village::settle_in(&mut stage)?;
    for week in (0..=WEEKS).step_by(2) {
        stage.go_to(founded.plus_seconds(week * 7 * day + 3600));
        weeks::everybody_speaks(&mut stage)?;
        events::before_round(&mut stage, week)?;
        standing::fortnight(&mut stage, week)?;
        circle::fortnight(&mut stage, week)?;
        delegates::fortnight(&mut stage, week)?;
        decisions::fortnight(&mut stage, week)?;
        living::fortnight(&mut stage, week)?;
        weeks::live(&mut stage, week, now)?;
        living::the_path_is_looked_at(&mut stage)?;
        circle::after_round(&mut stage, week)?;
        standing::after_round(&mut stage, week)?;
    }
    stage.go_to(now.plus_seconds(-7200));
    decisions::lately(&mut stage)?;
    events::lately(&mut stage)?;
    Ok(stage.finish())
}

impl Node {
    /// Hosts the sample federation as of now, keeps the keys of all its people, and lets a reader
    /// act as each of them: for a node to try things out, since the keys are known to everybody.
    pub fn host_sample(&self) -> Result<Arc<Hosted>, Failed> {
        let now = self.clock().now();
        let Sample { federation, people, submissions } = half_a_year(now)?;
        let hosted = self.begin_with(federation, now, submissions)?;
        for Inhabitant { person, key: signing, .. } in people {
            self.keys().keep(federation, &KeptKey { person, signing })?;
            let reader = self.keys().add_reader_without_name()?;
            self.keys().seat(reader, Seat { federation, person })?;
        }
        Ok(hosted)
    }
}

#[cfg(test)]
mod tests {
    use federation::Federation;
    use federation::act::Question;
    use federation::rows::{Conflict, Ended, LotStage, Progress, Proposal, Stage};
    use measure::Hours;

    use super::*;

    #[test]
    fn the_sample_is_the_same_for_the_same_moment() {
        let now = Time::from_seconds(1_795_000_000).unwrap();
        let (sample, again) = (half_a_year(now).unwrap(), half_a_year(now).unwrap());
        assert!(sample.submissions == again.submissions);
    }

    /// Everything that a visitor can look at has happened.
    fn holds_a_life_of_decisions(federation: &Federation) {
        let closed = |asks: fn(&Question) -> bool, passed: bool| {
            federation.proposals().any(|(_, row)| {
                asks(&row.question) && row.counted().is_some() && row.has_passed() == passed
            })
        };
        assert!(closed(|asked| matches!(asked, Question::Pact(_)), true));
        assert!(closed(|asked| matches!(asked, Question::Pact(_)), false));
        assert!(closed(|asked| matches!(asked, Question::List(_)), true));
        assert!(closed(|asked| matches!(asked, Question::Expel { .. }), false));
        assert!(closed(|asked| matches!(asked, Question::Delegates(_)), true));
        let of_circle = |row: &Proposal| row.circle.is_some() && row.has_passed();
        assert!(federation.proposals().any(|(_, row)| of_circle(row)));
        assert!(federation.posts().count() >= 3);
        let mut mandates = federation.mandates();
        assert!(mandates.any(|(_, row)| matches!(row.ended, Some(Ended::Recalled(_)))));
        assert_eq!(mandates.filter(|(_, row)| row.holds(federation.testified())).count(), 2);
        assert!(federation.lots().any(|(_, lot)| matches!(lot.stage, LotStage::Drawn { .. })));
        let settled = |row: &Conflict| matches!(row.stage, Stage::Settled { .. });
        assert!(federation.conflicts().any(|(_, row)| settled(row)));
        let all = federation.commons().flat_map(|(_, row)| row.contributions.iter());
        let accepted = all.filter_map(|&id| federation.contribution(id).ok());
        let accepted = accepted.filter(|row| matches!(row.progress, Progress::Accepted { .. }));
        assert!(accepted.count() >= 4);
        let tailors = federation.units().find(|(_, row)| row.name.as_str() == "Thimble Tailors");
        assert!(tailors.is_some_and(|(_, row)| row.is_enrolled() && row.base > Hours::ZERO));
    }

    #[test]
    fn the_sample_is_hosted_whole_and_every_invariant_holds() {
        let directory = std::env::temp_dir().join(format!("artel-sample-{}", std::process::id()));
        let node = Node::open_demo(&directory).unwrap();
        let hosted = node.host_sample().unwrap();
        hosted
            .read(|federation| {
                assert_eq!(federation::invariants::check(federation), Ok(()));
                assert_eq!(federation.units().len(), 12);
                assert_eq!(federation.units().filter(|(_, unit)| unit.is_departed()).count(), 1);
                assert!(federation.deliveries().len() > 500);
                holds_a_life_of_decisions(federation);
                let passed = federation.proposals().filter(|(_, row)| row.has_passed()).count();
                let open = federation.proposals().filter(|(_, row)| row.is_open()).count();
                assert!(passed >= 2 && open >= 2, "{passed} passed, {open} open");
                assert!(federation.units().any(|(_, unit)| unit.is_in() && unit.pact == 0));
            })
            .unwrap();
        std::fs::remove_dir_all(directory).unwrap();
    }
}
