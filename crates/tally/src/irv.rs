//! Instant runoff: one is elected, by transferring the votes of the last.

use crate::choice::{Choice, PerChoice};
use crate::draw::Draw;
use crate::papers::{Gap, papers};
use crate::poll::Poll;
use crate::sheet::{Action, Sheet, Stage, Take, Tie, take};

/// Elects one: whoever has more than half of the papers that still name somebody, else the one with
/// the fewest is excluded and the papers go on.
///
/// A number left out is passed over; a number that stands twice ends the paper. Between equals the
/// most recent stage at which they differed decides, then the lot. The seats of the poll do not
/// matter.
pub fn irv(poll: &Poll, draw: Draw) -> Sheet {
    let papers = papers(poll, Gap::MovesUp);
    let valid = papers.iter().map(|paper| paper.weight).sum();
    let (stages, elected) = (Vec::new(), Vec::new());
    let mut sheet = Sheet { decimals: 0, seats: 1, valid, stages, elected };
    let mut left: Vec<Choice> = poll.choices().filter(|&one| !poll.is_withdrawn(one)).collect();
    let mut gone: Option<(Choice, Option<Tie>)> = None;
    while !left.is_empty() {
        let mut votes = PerChoice::filled(0_i128, poll.choice_count());
        for paper in &papers {
            let first = paper.choices.iter().find(|choice| left.contains(choice));
            if let Some(&choice) = first {
                votes[choice] += i128::from(paper.weight);
            }
        }
        let held: i128 = votes.values().iter().sum();
        let quota = held / 2 + 1;
        let elected: Vec<Choice> = match left.as_slice() {
            [last] => vec![*last],
            _ => left.iter().copied().filter(|&choice| votes[choice] >= quota).collect(),
        };
        let (action, excluded, ties) = match gone.take() {
            None => (Action::First, None, Vec::new()),
            Some((choice, tie)) => {
                (Action::Exclusion(choice), Some(choice), tie.into_iter().collect())
            }
        };
        let lost = i128::from(valid) - held;
        let done = !elected.is_empty();
        sheet.elected.clone_from(&elected);
        sheet.stages.push(Stage { action, votes, lost, quota, elected, excluded, ties });
        if done {
            break;
        }
        gone = exclude(poll, draw, &mut left, &sheet.stages);
    }
    sheet
}

/// Takes out the one with the fewest votes at the end of the last stage.
fn exclude(
    poll: &Poll,
    draw: Draw,
    left: &mut Vec<Choice>,
    stages: &[Stage],
) -> Option<(Choice, Option<Tie>)> {
    let (last, before) = stages.split_last()?;
    let taken = take((poll, draw), left, |choice| last.votes[choice], (Take::Fewest, before))?;
    left.retain(|&choice| choice != taken.0);
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_goes_until_somebody_has_more_than_half() {
        let names = ["memphis", "nashville", "chattanooga", "knoxville"].map(str::to_owned);
        let mut poll = Poll::try_new("", 1, names.to_vec()).unwrap();
        for (weight, ranks) in
            [(42, [1, 2, 3, 4]), (26, [4, 1, 2, 3]), (15, [4, 3, 1, 2]), (17, [4, 3, 2, 1])]
        {
            poll.cast(weight, &ranks).unwrap();
        }
        let sheet = irv(&poll, Draw::new([0; 32]));
        assert_eq!(sheet.elected, [Choice(3)]);
        assert_eq!(sheet.stages.len(), 3);
        assert_eq!(sheet.stages[1].action, Action::Exclusion(Choice(2)));
        assert_eq!(sheet.stages[2].votes.values(), [42, 0, 0, 58]);
    }

    #[test]
    fn without_ballots_the_lot_elects_somebody_and_without_options_nobody_is() {
        let mut poll = Poll::try_new("", 1, vec!["a".to_owned(), "b".to_owned()]).unwrap();
        let sheet = irv(&poll, Draw::new([0; 32]));
        assert_eq!(sheet.elected.len(), 1);
        assert_eq!(sheet.stages[1].ties[0].among.len(), 2);
        poll.withdraw(Choice(0));
        poll.withdraw(Choice(1));
        assert_eq!(irv(&poll, Draw::new([0; 32])).elected, []);
    }
}
