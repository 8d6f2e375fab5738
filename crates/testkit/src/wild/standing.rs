use federation::act::{Count, Method, SetMethod, Threshold};
use federation::{Act, Federation};

use super::Idea;
use crate::Wild;

const COUNTS: [Count; 6] = [
    Count::YesNo { share: Threshold::MoreThanHalf },
    Count::YesNo { share: Threshold::TwoThirds },
    Count::YesNo { share: Threshold::All },
    Count::Approval {},
    Count::Score {},
    Count::Schulze {},
];

impl Wild {
    pub(super) fn sets_method(&mut self, federation: &Federation) -> Option<Idea> {
        let count = self.chance.pick(&COUNTS)?;
        let consent_tries = u8::try_from(self.chance.next() % 5).ok()?;
        let method = Method { consent_tries, count };
        Idea::of(self.unit(federation)?, Act::SetMethod(SetMethod { method }))
    }
}
