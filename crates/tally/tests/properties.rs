//! What holds of every count, shown on random polls of all shapes.

use proptest::prelude::*;
use tally::{Choice, Draw, Poll, Sheet, approval, irv, meek, schulze, score, scottish};

#[derive(Debug, Clone)]
struct Asked {
    seats: u32,
    choices: usize,
    ballots: Vec<(u64, Vec<u16>)>,
    withdrawn: Vec<usize>,
    seed: u8,
}

impl Asked {
    fn poll(&self) -> Poll {
        let names = (0..self.choices).map(|at| format!("option {at}")).collect();
        let mut poll = Poll::try_new("", self.seats, names).unwrap();
        for (weight, ranks) in &self.ballots {
            poll.cast(*weight, &ranks[..self.choices]).unwrap();
        }
        for &at in &self.withdrawn {
            poll.withdraw(Choice(u16::try_from(at % self.choices).unwrap()));
        }
        poll
    }

    fn draw(&self) -> Draw {
        Draw::new([self.seed; 32])
    }

    fn standing(&self) -> usize {
        let poll = self.poll();
        poll.choices().filter(|&choice| !poll.is_withdrawn(choice)).count()
    }
}

const CHOICES: usize = 7;

fn asked() -> impl Strategy<Value = Asked> {
    let orders = Just((1..=7_u16).collect::<Vec<_>>()).prop_shuffle();
    let cut = (orders, 0..=7_u16).prop_map(|(ranks, last)| {
        ranks.into_iter().map(|rank| if rank > last { 0 } else { rank }).collect()
    });
    let careless = prop::collection::vec(0..6_u16, CHOICES);
    let ballot = prop_oneof![3 => cut, 1 => careless];
    let ballots = prop::collection::vec((0..40_u64, ballot), 0..40);
    let withdrawn = prop::collection::vec(0..CHOICES, 0..2);
    (1..5_u32, 1..=CHOICES, ballots, withdrawn, any::<u8>()).prop_map(
        |(seats, choices, ballots, withdrawn, seed)| Asked {
            seats,
            choices,
            ballots,
            withdrawn,
            seed,
        },
    )
}

fn holds_every_vote(sheet: &Sheet) -> Result<(), TestCaseError> {
    let all = i128::from(sheet.valid) * 10_i128.pow(u32::from(sheet.decimals));
    for stage in &sheet.stages {
        let held: i128 = stage.votes.values().iter().sum();
        prop_assert_eq!(held + stage.lost, all);
        prop_assert!(stage.votes.values().iter().all(|votes| *votes >= 0));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn as_many_are_elected_as_there_are_seats_or_options(asked in asked()) {
        let (poll, draw) = (asked.poll(), asked.draw());
        let seats = usize::try_from(asked.seats).unwrap().min(asked.standing());
        for sheet in [scottish(&poll, draw), meek(&poll, draw)] {
            let mut elected = sheet.elected.clone();
            elected.sort_unstable();
            elected.dedup();
            prop_assert_eq!(elected.len(), seats);
            prop_assert!(elected.iter().all(|&choice| !poll.is_withdrawn(choice)));
        }
        prop_assert_eq!(irv(&poll, draw).elected.len(), 1.min(asked.standing()));
    }

    #[test]
    fn no_vote_is_made_and_none_goes_without_being_counted_as_lost(asked in asked()) {
        let (poll, draw) = (asked.poll(), asked.draw());
        let scottish = scottish(&poll, draw);
        holds_every_vote(&scottish)?;
        prop_assert!(scottish.stages.windows(2).all(|two| two[0].lost <= two[1].lost));
        holds_every_vote(&irv(&poll, draw))?;
        for stage in &meek(&poll, draw).stages {
            // Meek's parts are rounded up, so a paper may give out some units more than its vote.
            let held: i128 = stage.votes.values().iter().sum();
            prop_assert!(held <= i128::from(poll.weight()) * 1_000_000_000);
        }
    }

    #[test]
    fn the_order_and_the_bundling_of_ballots_change_nothing(asked in asked()) {
        let mut apart = asked.clone();
        apart.ballots.reverse();
        apart.ballots = apart
            .ballots
            .iter()
            .flat_map(|(weight, ranks)| [(weight / 2, ranks.clone()), (weight - weight / 2, ranks.clone())])
            .collect();
        let (one, other, draw) = (asked.poll(), apart.poll(), asked.draw());
        prop_assert_eq!(scottish(&one, draw), scottish(&other, draw));
        prop_assert_eq!(meek(&one, draw).elected, meek(&other, draw).elected);
        prop_assert_eq!(irv(&one, draw), irv(&other, draw));
        prop_assert_eq!(schulze(&one, None, draw), schulze(&other, None, draw));
        prop_assert_eq!(approval(&one, draw), approval(&other, draw));
        prop_assert_eq!(score(&one, draw), score(&other, draw));
    }

    #[test]
    fn schulze_elects_whom_a_majority_prefers_to_each_other(asked in asked()) {
        let (poll, draw) = (asked.poll(), asked.draw());
        let count = schulze(&poll, None, draw);
        let standing: Vec<Choice> = poll.choices().filter(|&one| !poll.is_withdrawn(one)).collect();
        let beats = |one, other| count.preferences.of(one, other) > count.preferences.of(other, one);
        let best = standing
            .iter()
            .find(|&&one| standing.iter().all(|&other| other == one || beats(one, other)));
        if let Some(best) = best {
            prop_assert_eq!(&count.levels[0], &[*best]);
        }
        prop_assert_eq!(count.levels.iter().flatten().count(), standing.len());
        for (one, other) in standing.iter().flat_map(|&a| standing.iter().map(move |&b| (a, b))) {
            for &middle in standing.iter().filter(|&&m| m != one && m != other && one != other) {
                let through = count.paths.of(one, middle).min(count.paths.of(middle, other));
                prop_assert!(count.paths.of(one, other) >= through);
            }
        }
    }

    #[test]
    fn ranking_the_winner_of_schulze_higher_never_makes_it_lose(
        asked in asked(),
        raised in any::<prop::sample::Index>(),
    ) {
        let count = schulze(&asked.poll(), None, asked.draw());
        prop_assume!(!asked.ballots.is_empty() && count.levels.first().is_some_and(|l| l.len() == 1));
        let winner = count.winner().unwrap();
        let mut more = asked.clone();
        let (_, ranks) = raised.get_mut(&mut more.ballots);
        for rank in ranks.iter_mut().filter(|rank| **rank > 0) {
            *rank += 1;
        }
        ranks[winner.position()] = 1;
        prop_assert_eq!(schulze(&more.poll(), None, asked.draw()).winner(), Some(winner));
    }

    #[test]
    fn more_than_half_of_first_preferences_win_at_once(asked in asked()) {
        let (poll, draw) = (asked.poll(), asked.draw());
        let sheet = irv(&poll, draw);
        prop_assume!(sheet.valid > 0);
        let first = &sheet.stages[0];
        let most = first.votes.iter().find(|(_, votes)| **votes * 2 > i128::from(sheet.valid));
        if let Some((choice, _)) = most {
            prop_assert_eq!(&sheet.elected, &[choice]);
            prop_assert_eq!(sheet.stages.len(), 1);
        }
    }
}
