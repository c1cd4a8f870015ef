//! Answers vectors with the module `telemetry` beside it: see ../../README.md. Each case is a process of its own.

mod glue;
mod json;
mod telemetry;

use json::{parse, quoted, Json};
use std::io::{BufRead, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, child, line, ..] = args.as_slice() {
        if child == "case" {
            answer(Box::leak(Box::new(parse(line))));
            return;
        }
    }
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let case = parse(&line);
        let id = case.at("id").number().unwrap_or(0.0);
        let told = match case.at("ask").text() {
            Some("decide" | "sent" | "exit" | "command" | "identify") => in_child(&case, &line),
            _ => String::from("\"unknown\":true"),
        };
        println!("{{\"id\":{id},{told}}}");
    }
}

/// A build without telemetry is another program, which `OTHER_BUILD` names.
fn in_child(case: &Json, line: &str) -> String {
    let given = case.at("given");
    let other = given.at("build").text() == Some("debug");
    let own = std::env::current_exe().unwrap();
    let program = if other { std::env::var_os("OTHER_BUILD").unwrap().into() } else { own };
    let mut command = Command::new(program);
    command.args(["case", line]).env_clear().stdin(Stdio::null()).stderr(Stdio::piped());
    if let Json::Array(args) = given.at("args") {
        if case.at("ask").text() != Some("command") {
            command.args(args.iter().filter_map(Json::text));
        }
    }
    let home = std::env::temp_dir().join(format!("vectors-{}", std::process::id()));
    let state = home.join(glue::STATE);
    std::fs::create_dir_all(state.parent().unwrap()).unwrap();
    match given.at("stored") {
        Json::Null => {}
        Json::Text(text) => std::fs::write(&state, text).unwrap(),
        other => std::fs::write(&state, json::written(other)).unwrap(),
    }
    let folder = state.parent().unwrap();
    if let Json::Object(files) = given.at("beside") {
        for (name, text) in files {
            std::fs::write(folder.join(name), text.text().unwrap_or("")).unwrap();
        }
    }
    if matches!(given.at("circles"), Json::Flag(true)) {
        std::fs::remove_dir_all(folder).unwrap();
        std::os::unix::fs::symlink(folder.file_name().unwrap(), folder).unwrap();
    }
    command.env("HOME", &home);
    if let Some(now) = given.at("now").number() {
        command.env("TEST_CLOCK", now.to_string());
    }
    if matches!(given.at("facts").at("ci"), Json::Flag(true)) {
        command.env("CI", "1");
    }
    if let Json::Object(variables) = given.at("env") {
        command.envs(variables.iter().filter_map(|(name, value)| Some((name, value.text()?))));
    }
    let ended = command.output().unwrap();
    let keeps = matches!(case.at("ask").text(), Some("command" | "identify"));
    let stored = std::fs::read_to_string(&state).ok().filter(|_| keeps);
    let beside = beside(&state);
    std::fs::remove_dir_all(&home).unwrap();
    let stdout = String::from_utf8(ended.stdout).unwrap();
    if case.at("ask").text() == Some("exit") {
        let code = ended.status.code().map_or(String::from("null"), |code| code.to_string());
        let signal = if ended.status.code().is_none() { "\"SIGTERM\"" } else { "null" };
        return format!("\"answer\":{{\"code\":{code},\"signal\":{signal},\"stdout\":{}}}", quoted(&stdout));
    }
    if case.at("ask").text() == Some("identify") {
        let stored = stored.map_or(Vec::new(), |text| match parse(&text) {
            Json::Object(entries) => entries.into_iter().map(|(key, _)| quoted(&key)).collect(),
            _ => Vec::new(),
        });
        return format!("\"answer\":{{\"values\":{},\"stored\":[{}]}}", stdout.trim(), stored.join(","));
    }
    let mut lines: Vec<&str> = stdout.lines().collect();
    let answer = lines.pop().unwrap_or("{}");
    let list = |lines: &[&str]| lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join(",");
    let errors = String::from_utf8_lossy(&ended.stderr).into_owned();
    let errors: Vec<&str> = errors.lines().collect();
    let stored = stored.map_or(String::new(), |text| {
        let untouched = given.at("stored").text() == Some(text.as_str());
        format!(",\"stored\":{}", if untouched { quoted(&text) } else { text.replace('\n', "") })
    });
    let said = format!("\"stdout\":[{}],\"stderr\":[{}],\"beside\":[{beside}]{stored}", list(&lines), list(&errors));
    format!("\"answer\":{{{}{said}}}", answer.trim_end_matches('}').trim_start_matches('{').to_owned() + ",")
}

/// The names of what lies beside the state file.
fn beside(state: &std::path::Path) -> String {
    let entries = std::fs::read_dir(state.parent().unwrap()).into_iter().flatten().flatten();
    let names = entries.map(|one| one.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !state.ends_with(name)).map(|name| quoted(&name)).collect();
    names.sort();
    names.join(",")
}

fn answer(case: &'static Json) {
    let given = case.at("given");
    let _ = CONFIG.set(given.at("config"));
    glue::configure(setting);
    if case.at("ask").text() == Some("decide") {
        let decision = telemetry::decision();
        println!("{{\"enabled\":{},\"decidedBy\":{}}}", decision.enabled, quoted(decision.decided_by));
        return;
    }
    if case.at("ask").text() == Some("identify") {
        let name = case.at("given").at("name").text().unwrap_or("");
        let asked = [(); 2].map(|()| telemetry::identify(name).unwrap_or(String::from("null")));
        println!("[{}]", asked.join(","));
        return;
    }
    if case.at("ask").text() == Some("command") {
        let Json::Array(args) = given.at("args") else { return };
        let args: Vec<&str> = args.iter().filter_map(Json::text).collect();
        println!("{{\"code\":{}}}", glue::command(&args));
        return;
    }
    let requests = Arc::new(Mutex::new(Vec::new()));
    let (seen, outcome) = (requests.clone(), outcome(given.at("answer")));
    let ends = case.at("ask").text() == Some("exit");
    let transport = telemetry::Transport::new(move |request| {
        let headers = glue::headers(&request);
        let headers = headers.iter().map(|(name, value)| format!("{}:{}", quoted(name), quoted(value)));
        let headers = headers.collect::<Vec<_>>().join(",");
        let (url, body) = (quoted(&request.url), quoted(&request.body));
        let text = format!("{{\"url\":{url},\"headers\":{{{headers}}},\"body\":{body}}}");
        seen.lock().unwrap().push(text);
        if !ends {
            request.ended(outcome);
        }
    });
    if let Some(setup) = glue::setup(given) {
        let transport = glue::drawing(transport, matches!(given.at("random"), Json::Flag(false)));
        telemetry::setup(&setup, glue::logged(transport, log));
    }
    if let Json::Array(calls) = given.at("record") {
        for call in calls {
            let _ = glue::record(call.at("event").text().unwrap_or(""), call.at("fields"));
        }
    }
    match given.at("way").text() {
        None => {}
        Some("exit") => std::process::exit(given.at("code").number().unwrap_or(0.0) as i32),
        Some("throw") => std::process::exit(1),
        Some("signal") => {
            let pid = std::process::id().to_string();
            let _ = Command::new("/bin/kill").args(["-TERM", &pid]).status();
            std::thread::sleep(Duration::from_secs(10));
        }
        Some(_) => return,
    }
    let requests = requests.lock().unwrap().join(",");
    let log = LOG.lock().unwrap().join(",");
    let _ = write!(std::io::stdout(), "{{\"requests\":[{requests}],\"log\":[{log}]}}");
}

fn outcome(answer: &Json) -> Result<u16, &'static str> {
    match answer {
        Json::Number(status) => Ok(*status as u16),
        Json::Text(text) if text == "refused" => Err("Connection refused"),
        Json::Text(_) => Err("Timed out"),
        _ => Ok(204),
    }
}

static CONFIG: std::sync::OnceLock<&'static Json> = std::sync::OnceLock::new();

/// A configuration's value. `None`: it can't be told.
fn setting(name: &str, key: &str) -> Option<Option<&'static Json>> {
    let Some(content) = CONFIG.get().and_then(|config| config.get(name)) else { return Some(None) };
    match content {
        Json::Null => return Some(None),
        Json::Object(_) => {}
        _ => return None,
    }
    let nested = key.contains('.').then(|| key.split('.').try_fold(content, |at, part| at.get(part))).flatten();
    match (content.get(key), nested) {
        (Some(_), Some(_)) => None,
        (written, nested) => Some(written.or(nested)),
    }
}

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn log(level: telemetry::Level, line: &str) {
    let level = format!("{level:?}").to_lowercase();
    LOG.lock().unwrap().push(format!("[{},{}]", quoted(&level), quoted(line)));
}
