//! What nodes, the user and mishaps do.

use super::*;

impl World {
    pub(super) fn push(&mut self, index: usize) {
        if !self.is_active() {
            return;
        }
        let burst = if self.random.chance(10) {
            self.random.between(2, 20)
        } else {
            1
        };
        for _ in 0..burst {
            let body = if self.random.chance(3) {
                let length = self.random.below(121) as usize;
                let mut code = heapless::Vec::new();
                code.resize(length, self.random.next() as u8).expect("a code has room");
                EventBody::Scan {
                    aim: Some(*b"]C1"),
                    code,
                }
            } else {
                let tag = self.random.next() as u32 % (MAX_TAG + 1);
                EventBody::Key {
                    position: self.random.below(24) as u8,
                    key: Key::Confirm,
                    count: Some((tag % 1_000) as u16),
                    tag,
                }
            };
            let node = &mut self.nodes[index];
            let id = node.link.push(body.clone(), Instant(self.now - node.born));
            let life = node.life();
            self.ledger.pushed(life, id, body);
            self.tally.pushed += 1;
        }
        self.serve(End::Node(index));
        let next = self.now + self.random.below(2 * self.scenario.event_every) + 1;
        self.at(next, Happening::Push(index));
    }

    pub(super) fn send(&mut self) {
        if !self.is_active() {
            return;
        }
        let index = self.random.below(self.nodes.len() as u64) as usize;
        let uid = self.nodes[index].uid;
        for _ in 0..self.random.between(1, 6) {
            let token = self.next_token;
            let command = match self.random.below(4) {
                0 => Command::PrintRows {
                    job: token,
                    first: 0,
                    data: [0x5A; 192].into_iter().collect(),
                },
                1 => Command::PrintEnd { job: token, crc: 0 },
                _ => Command::Verdict {
                    event: EventId(token),
                    verdict: Verdict::Right,
                },
            };
            match self.master.send(uid, token, command) {
                Ok(()) => {
                    self.next_token += 1;
                    self.tally.commands += 1;
                    self.asked.insert(token, Asked { uid, answered: false });
                }
                Err(SendError::Full | SendError::Unknown) => break,
                Err(SendError::TooLong) => panic!("every command fits"),
            }
        }
        self.serve(End::Master);
        let next = self.now + self.random.below(60 * MS);
        self.at(next, Happening::Send);
    }

    pub(super) fn mishap(&mut self) {
        if !self.is_active() {
            return;
        }
        let index = self.random.below(self.nodes.len() as u64) as usize;
        // Of a run that is sure to have both, the first two are a reset and a restart, in any order.
        let kind = match (self.tally.resets, self.tally.master_restarts) {
            (0, 0) if self.scenario.surely => self.random.pick(&[0, 3]),
            (0, _) if self.scenario.surely => 0,
            (_, 0) if self.scenario.surely => 3,
            _ => self.random.below(8),
        };
        match kind {
            0..=2 => {
                self.tally.resets += 1;
                self.start_node(index);
            }
            3 | 4 => {
                self.tally.master_restarts += 1;
                self.start_master();
            }
            5 if self.bridge.is_some() => {
                self.tally.bridge_restarts += 1;
                self.start_bridge();
            }
            6 => {
                self.tally.unplugged += 1;
                self.nodes[index].plugged = false;
                let until = self.now + self.random.between(50 * MS, self.scenario.unplugged);
                self.at(until, Happening::Plugged(index));
            }
            _ => self.double(),
        }
        let next = self.now + self.random.below(2 * self.scenario.mishap_every);
        self.at(next, Happening::Mishap);
    }

    /// A node is made to believe that it has another's address.
    pub(super) fn double(&mut self) {
        let has_address = |node: &Node| node.link.address().is_some();
        let addressed: Vec<_> = (0..self.nodes.len())
            .filter(|&index| has_address(&self.nodes[index]))
            .collect();
        if addressed.is_empty() || self.scenario.layout == Layout::Duplex {
            return;
        }
        let index = self.random.pick(&addressed);
        let other = self.random.below(self.nodes.len() as u64) as usize;
        let (Some(epoch), Some(address)) = (self.epoch, self.nodes[index].link.address()) else {
            return;
        };
        if other == index {
            return;
        }
        let Node { uid, boot, born, .. } = self.nodes[other];
        let assign = Admin::Assign {
            epoch,
            uid,
            boot,
            address,
        }
        .encode();
        let mut out = [0; MAX_FRAME];
        let length = encode(EVERYONE, Control::new(Kind::Admin), &assign, Salt::NONE, &mut out);
        self.nodes[other].link.receive(&out[..length], Instant(self.now - born));
        self.tally.doubled += 1;
        self.serve(End::Node(other));
    }

    pub(super) fn fetch(&mut self, end: End) {
        match end {
            End::Master => {
                while let Some(output) = self.master.next_output() {
                    self.take(output);
                }
            }
            End::Bridge => {}
            End::Node(index) => {
                while let Some((request, command)) = self.nodes[index].link.next_command() {
                    let token = match command {
                        Command::Verdict { event, .. } => event.0,
                        Command::PrintRows { job, .. } | Command::PrintEnd { job, .. } => job,
                        other => panic!("{other:?} was never sent"),
                    };
                    let life = self.nodes[index].life();
                    let done = self.done.entry(life).or_default();
                    if let Some((last_request, last)) = done.last() {
                        assert!(
                            token > *last || last_request.session != request.session,
                            "command {token} after {last} in one session"
                        );
                    }
                    done.push((request, token));
                    let at = self.now + self.random.below(3 * MS);
                    self.at(
                        at,
                        Happening::Answer {
                            node: index,
                            life,
                            request,
                        },
                    );
                }
            }
        }
    }

    pub(super) fn take(&mut self, output: Output) {
        match output {
            Output::Up { hello, .. } => {
                let life = (hello.uid.0, hello.boot.0);
                self.standing.insert(life.0, life.1);
                self.ledger.up(life);
            }
            Output::Down { uid } => {
                self.standing.remove(&uid.0);
            }
            Output::Trouble(_) => {}
            Output::OnWire { token, .. } => {
                assert!(
                    self.asked.contains_key(&token),
                    "command {token} was not sent in this run"
                );
            }
            Output::Answered { uid, token, answer } => {
                let asked = self.asked.get_mut(&token).expect("an answer has a question");
                assert_eq!(asked.uid, uid);
                assert!(
                    !core::mem::replace(&mut asked.answered, true),
                    "command {token} answered twice"
                );
                self.tally.taken += u64::from(answer == Answer::Taken);
                if answer != Answer::Interrupted {
                    // Whose answer it is: of the boot with which the session stands, and of no other.
                    let life = (uid.0, *self.standing.get(&uid.0).expect("a node that answers is up"));
                    let said = |(request, done): &(Request, u32)| *done == token && outcome(*request) == answer;
                    assert!(
                        self.done.get(&life).is_some_and(|done| done.iter().any(said)),
                        "{life:x?} never did command {token}, or said otherwise than {answer:?}"
                    );
                }
            }
            Output::Event {
                uid,
                boot,
                event,
                at,
                received,
            } => {
                let life = (uid.0, boot.0);
                assert!(at <= received, "an event after it came");
                match self.ledger.told(life, &event) {
                    ledger::Verdict::New => {
                        let at = self.now + self.scenario.commit_takes;
                        self.at(
                            at,
                            Happening::Commit {
                                run: self.run,
                                life,
                                event: Box::new(event),
                            },
                        );
                    }
                    ledger::Verdict::Known => self.master.committed(uid, boot, event.id),
                    ledger::Verdict::OnItsWay => {}
                }
            }
        }
    }
}

/// What nodes say of a command.
pub(super) fn outcome(request: Request) -> Answer {
    if request.number.is_multiple_of(7) {
        Answer::Refused(Refusal::Busy)
    } else {
        Answer::Taken
    }
}
