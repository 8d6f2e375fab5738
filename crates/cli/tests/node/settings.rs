use crate::served::{Served, err, mode};

#[test]
fn a_session_is_kept_where_only_its_owner_reads_it() {
    let served = Served::new();
    assert!(served.sign("sign-up", "rosa").status.success());
    let file = served.settings("rosa").join("artel/config.json");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(served.json("rosa", &["key", "show"])["name"], "rosa");
    served.says("rosa", &["key", "sign-out"]);
    assert!(!std::fs::read_to_string(&file).unwrap().contains("token"));
    assert_eq!(served.run("rosa", &["key", "show"]).status.code(), Some(1));
    assert!(served.sign("sign-in", "rosa").status.success());
    assert_eq!(served.json("rosa", &["key", "show"])["name"], "rosa");
}

#[test]
fn an_option_goes_before_the_environment_and_that_before_the_settings() {
    let served = Served::new();
    assert!(served.sign("sign-up", "rosa").status.success());
    let ask = |variable: Option<&str>, option: Option<&str>| {
        let mut command = served.command("rosa", &["status"]);
        command.env_remove("ARTEL_NODE");
        if let Some(node) = variable {
            command.env("ARTEL_NODE", node);
        }
        if let Some(node) = option {
            command.args(["--node", node]);
        }
        command.output().unwrap()
    };
    let nowhere = Some("http://127.0.0.1:9");
    assert!(ask(None, None).status.success(), "the settings name the node");
    assert_eq!(ask(nowhere, None).status.code(), Some(1));
    assert!(ask(nowhere, Some(&served.address)).status.success());
}

#[test]
fn a_token_kept_for_one_node_is_shown_to_no_other() {
    let (here, there) = (Served::new(), Served::new());
    assert!(here.sign("sign-up", "rosa").status.success());
    let mut command = here.command("rosa", &["key", "show", "--node", &there.address]);
    let output = command.output().unwrap();
    assert!(err(&output).contains("this needs a session"), "{}", err(&output));
}
