use tally::{Draw, Poll, Sheet};

/// Numbers as if by chance, the same for everybody: splitmix.
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The numbers that follow from a seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from nought to below another.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// Ballots of one kind.
#[derive(Debug, Clone)]
pub struct Cast {
    pub weight: u64,
    /// The rank of each option: nought for unranked, 1 for the best.
    pub ranks: Vec<u16>,
    pub scores: Vec<i32>,
}

/// An election as chance makes it.
#[derive(Debug, Clone)]
pub struct Election {
    pub seats: u32,
    pub options: usize,
    pub cast: Vec<Cast>,
}

impl Election {
    /// An election of up to nine options. Some have a few kinds of voters only, so that they are close;
    /// some voters are careless, and rank two alike or leave a number out.
    pub fn random(chance: &mut Chance) -> Self {
        let options = 2 + chance.below(8);
        let seats = u32::try_from(1 + chance.below((options - 1).min(5))).unwrap();
        let kinds = [3, 12, 70][chance.below(3)];
        let heavy = [5, 200, 5000][chance.below(3)];
        let careless = chance.below(3) == 0;
        let cast = (0..kinds)
            .map(|_| Cast {
                weight: u64::try_from(1 + chance.below(heavy)).unwrap(),
                ranks: if careless && chance.below(4) == 0 {
                    (0..options)
                        .map(|_| u16::try_from(chance.below(options + 1)).unwrap())
                        .collect()
                } else {
                    strict(chance, options)
                },
                scores: (0..options).map(|_| i32::try_from(chance.below(5)).unwrap() - 2).collect(),
            })
            .collect();
        Self { seats, options, cast }
    }

    /// The poll as `tally` counts it.
    pub fn poll(&self) -> Poll {
        let names = (0..self.options).map(name).collect();
        let mut poll = Poll::try_new("", self.seats, names).unwrap();
        for cast in &self.cast {
            poll.cast(cast.weight, &cast.ranks).unwrap();
        }
        poll
    }

    /// Whether every ballot ranks one after the other.
    pub fn is_strict(&self) -> bool {
        self.cast.iter().all(|cast| cast.order().iter().all(|rank| rank.len() == 1))
    }
}

impl Cast {
    /// The options rank by rank, the best first; numbers left out are passed over.
    pub fn order(&self) -> Vec<Vec<usize>> {
        let most = self.ranks.iter().copied().max().unwrap_or(0);
        let ranked = |rank| {
            let at = self.ranks.iter().enumerate().filter(move |(_, one)| **one == rank);
            at.map(|(at, _)| at).collect::<Vec<_>>()
        };
        (1..=most).map(ranked).filter(|same| !same.is_empty()).collect()
    }
}

/// Some of the options, one after the other.
fn strict(chance: &mut Chance, options: usize) -> Vec<u16> {
    let mut ranks = vec![0; options];
    let mut left: Vec<usize> = (0..options).collect();
    for rank in 1..=1 + chance.below(options) {
        let taken = left.swap_remove(chance.below(left.len()));
        ranks[taken] = u16::try_from(rank).unwrap();
    }
    ranks
}

/// What an option is called.
pub fn name(option: usize) -> String {
    format!("option {option}")
}

/// The lot that `tally` draws from.
pub const fn draw() -> Draw {
    Draw::new([0; 32])
}

/// Whether a lot was drawn, or two were so close that they count as equal.
pub fn is_tied(sheet: &Sheet) -> bool {
    sheet.stages.iter().any(|stage| !stage.ties.is_empty())
}
