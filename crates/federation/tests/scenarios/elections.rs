use federation::act::{Election, Instruction, Question};
use federation::rows::{Proposal, Unit};
use federation::{Days, Id, Ref};
use tally::Decided;
use testkit::{Listed, Member, Scene, persons, phrases, sent_with};

struct Dairy {
    scene: Scene,
    unit: Id<Unit>,
    members: Vec<Member>,
}

impl Dairy {
    fn new() -> Self {
        let scene = Scene::found(vec![Listed::new("dairy", 5), Listed::new("inn", 1)]);
        let unit = scene.called("dairy");
        let members = scene.signers(unit);
        Self { scene, unit, members }
    }

    /// An election of so many of the first three.
    fn elects(&mut self, seats: u8) -> Ref<Proposal> {
        let until = self.scene.now.plus_days(Days(100));
        let terms = sent_with(Instruction::Voice {}, until);
        let candidates = persons(&self.members[..3]);
        let election = Election { seats, candidates, terms };
        self.scene.proposed(self.unit, Question::Delegates(Box::new(election)))
    }

    /// Every member ranks the three, "leave as it is" and "go on talking".
    fn rank(&mut self, election: Ref<Proposal>, ranks: [[u8; 5]; 5]) {
        for (&by, ranks) in self.members.clone().iter().zip(&ranks) {
            self.scene.ranks(by, election, ranks);
        }
        self.scene.wait_for_close(election);
    }

    fn sent(&self) -> Vec<usize> {
        let mandates = self.scene.federation.mandates().map(|(_, row)| row.delegate);
        let place = |id| {
            let person = self.scene.federation.person(id).unwrap().id;
            self.members.iter().position(|member| member.person == person).unwrap()
        };
        mandates.map(place).collect()
    }
}

#[test]
fn those_with_the_most_votes_are_sent_and_the_sheet_is_kept() {
    let mut dairy = Dairy::new();
    let election = dairy.elects(2);
    let ranks =
        [[1, 2, 3, 0, 0], [1, 2, 3, 0, 0], [2, 1, 3, 0, 0], [2, 1, 3, 0, 0], [3, 2, 1, 0, 0]];
    dairy.rank(election, ranks);
    assert_eq!(dairy.sent(), [0, 1]);
    let id = dairy.scene.federation.find_proposal(election).unwrap();
    let (poll, sheet) = dairy.scene.federation.counted_election(id).unwrap();
    assert_eq!((poll.weight(), sheet.valid, sheet.elected.len()), (5, 5, 2));
}

#[test]
fn a_seat_that_leave_as_it_is_wins_stays_empty() {
    let mut dairy = Dairy::new();
    let election = dairy.elects(1);
    dairy.rank(election, [[2, 0, 0, 1, 0]; 5]);
    assert!(dairy.sent().is_empty());
    assert!(!dairy.scene.question(election).has_passed());
}

#[test]
fn between_equals_whoever_has_served_least_comes_first() {
    let mut dairy = Dairy::new();
    dairy.scene.sent(dairy.unit, dairy.members[0], 20);
    dairy.scene.wait_days(40);
    let election = dairy.elects(1);
    let ranks =
        [[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0]];
    dairy.rank(election, ranks);
    assert_eq!(dairy.sent(), [0, 1]);
    let id = dairy.scene.federation.find_proposal(election).unwrap();
    let (_, sheet) = dairy.scene.federation.counted_election(id).unwrap();
    let ties = || sheet.stages.iter().flat_map(|stage| &stage.ties);
    assert!(ties().any(|tie| tie.decided == Decided::Turn));
}

#[test]
fn between_those_whose_turns_are_equal_too_a_public_lot_decides() {
    let mut dairy = Dairy::new();
    let election = dairy.elects(1);
    let ranks =
        [[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0]];
    dairy.rank(election, ranks);
    assert!(dairy.sent().is_empty());
    let id = dairy.scene.federation.find_proposal(election).unwrap();
    let lot = dairy.scene.federation.elected(id).unwrap().lot.unwrap();
    let named = dairy.scene.federation.lot_ref(lot).unwrap();
    let inn = dairy.scene.called("inn");
    for (unit, number) in [(dairy.unit, 1), (inn, 2)] {
        dairy.scene.does(unit, phrases::commit_number(named, number));
    }
    dairy.scene.wait_days(3);
    for (unit, number) in [(dairy.unit, 1), (inn, 2)] {
        dairy.scene.does(unit, phrases::open_number(named, number));
    }
    assert_eq!(dairy.sent().len(), 1);
    federation::invariants::check(&dairy.scene.federation).unwrap();
}
