use circuits::{Class, StageName};

/// What a stage of a round decides.
pub const fn stage_words(stage: StageName) -> &'static str {
    match stage {
        StageName::Floor { .. } => "an equal floor of what is essential",
        StageName::Hours(Class::Essential) => "as many essential hours as can be",
        StageName::Hours(Class::Other) => "as many hours as can be",
        StageName::Evenness(Class::Essential, _) => "essential hours as evenly as can be",
        StageName::Evenness(Class::Other, _) => "hours as evenly as can be",
        StageName::Nearness => "short ways",
        StageName::Expiry => "what ends soon",
        StageName::Memory => "who went short last time",
        StageName::Changes => "who was let down",
        StageName::Draw(_) | StageName::First => "lots among equals",
    }
}
