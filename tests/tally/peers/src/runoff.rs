//! Instant runoff beside `ranked_voting`: careless ballots too. A number left out is passed over, and a
//! ballot ends where one stands twice.

use std::collections::BTreeMap;

use ranked_voting::{
    Ballot, BallotChoice, Builder, DuplicateCandidateMode, EliminationAlgorithm, MaxSkippedRank,
    OverVoteRule, TieBreakMode, VoteRules, WinnerElectionMode,
};
use tally::Sheet;

use crate::election::{Cast, Election, draw, is_tied, name};

const RULES: VoteRules = VoteRules {
    tiebreak_mode: TieBreakMode::UseCandidateOrder,
    overvote_rule: OverVoteRule::ExhaustImmediately,
    winner_election_mode: WinnerElectionMode::SingelWinnerMajority,
    max_skipped_rank_allowed: MaxSkippedRank::Unlimited,
    max_rankings_allowed: None,
    elimination_algorithm: EliminationAlgorithm::Single,
    duplicate_candidate_mode: DuplicateCandidateMode::SkipDuplicate,
};

pub fn compare(election: &Election) -> Result<bool, String> {
    let sheet = tally::irv(&election.poll(), draw());
    if is_tied(&sheet) || sheet.valid == 0 {
        return Ok(false);
    }
    let names: Vec<String> = (0..election.options).map(name).collect();
    let mut builder =
        Builder::new(&RULES).and_then(|one| one.candidates(&names)).map_err(|no| no.to_string())?;
    for cast in &election.cast {
        builder.add_vote_2(&ballot(cast)).map_err(|no| no.to_string())?;
    }
    let result = ranked_voting::run_election(&builder).map_err(|no| format!("{no:?}"))?;
    let elected: Vec<String> = sheet.elected.iter().map(|one| name(one.position())).collect();
    if result.winners.as_ref() != Some(&elected) {
        return Err(format!("elected {elected:?}; ranked_voting elects {:?}", result.winners));
    }
    for (number, round) in result.round_stats.iter().enumerate().take(sheet.stages.len()) {
        let theirs: BTreeMap<&str, u64> =
            round.tally.iter().map(|(name, votes)| (name.as_str(), *votes)).collect();
        differs(&sheet, number, &theirs)?;
    }
    Ok(true)
}

/// Whether the votes of a round differ from those of the stage.
fn differs(sheet: &Sheet, number: usize, theirs: &BTreeMap<&str, u64>) -> Result<(), String> {
    for (choice, votes) in sheet.stages[number].votes.iter() {
        let told = theirs.get(name(choice.position()).as_str()).copied().unwrap_or(0);
        if *votes != i128::from(told) {
            let number = number + 1;
            return Err(format!("stage {number}, {choice:?}: {votes}; ranked_voting: {told}"));
        }
    }
    Ok(())
}

fn ballot(cast: &Cast) -> Ballot {
    let choice = |same: &Vec<usize>| match same.as_slice() {
        [one] => BallotChoice::Candidate(name(*one)),
        _ => BallotChoice::Overvote,
    };
    Ballot { candidates: cast.order().iter().map(choice).collect(), count: cast.weight }
}
