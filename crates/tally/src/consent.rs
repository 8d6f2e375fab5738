/// Objections against one text.
///
/// ```
/// use tally::{Consent, Objections};
/// assert_eq!(Objections { open: 1, tries: 1 }.consent(), Consent::Objected);
/// assert_eq!(Objections { open: 0, tries: 2 }.consent(), Consent::Given);
/// assert_eq!(Objections { open: 1, tries: 3 }.consent(), Consent::Fallback);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Objections {
    /// Reasoned objections that nobody has taken back.
    pub open: u64,
    /// How often the text was put forward, this time included.
    pub tries: u32,
}

/// Where a decision by consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Nobody objects with a reason: decided.
    Given,
    /// Somebody does: talk, change the text and try again.
    Objected,
    /// It has been tried often enough: the unit's fallback decides.
    Fallback,
}

impl Objections {
    /// How often consent is tried before the fallback decides.
    pub const TRIES: u32 = 3;

    /// Where the decision stands.
    pub const fn consent(&self) -> Consent {
        match (self.open, self.tries) {
            (0, _) => Consent::Given,
            (_, Self::TRIES..) => Consent::Fallback,
            _ => Consent::Objected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_open_objection_holds_a_text_up_three_times() {
        let at = |open, tries| Objections { open, tries }.consent();
        assert_eq!(at(0, 1), Consent::Given);
        assert_eq!(at(1, 1), Consent::Objected);
        assert_eq!(at(1, 2), Consent::Objected);
        assert_eq!(at(1, 3), Consent::Fallback);
        assert_eq!(at(0, 9), Consent::Given);
    }
}
