const BLOCK = `config system ftm-push
    set server "198.51.100.10"
    set status enable
end`;
const TYPED = `config system ftm-push
set status enable
end`;

/** What asks a person to do what stands below. */
const ASKING = [
  'Please set the following',
  'please just paste this',
  'Could you please add it?',
  'Bitte so eintragen:',
  'Bitte die Blöcke in der CLI einfügen',
  'Then run the following commands:',
  'You can run this to fix it',
  'You could try it with the address',
  'We should use this:',
  'In order to enable push',
  'The block should look like the one below',
  'It should be:',
  'How to enable push',
  'Do not use this',
  'The usual setting, for example:',
  'These settings are recommended',
  'The config probably looks like this',
  'Our consultant says push needs to be on:',
  'The guide says:',
  'Workaround via CLI',
] as const;
/** What people write above their own configuration: a request for help, a question, a report. */
const TOLD = [
  'They can log in with the code from the app.',
  'We can ping it.',
  'Hello, push does not work, please help.',
  'Push fails since Monday, can you please check?',
  'please find the config below',
  'Bitte mal anschauen:',
  'Könnt ihr bitte schauen, warum kein Push kommt?',
  'Users should get a push but only the box for the code comes up.',
  'Users should be in the group, they are.',
  'Example user: wren',
  'How to fix this?',
  'Solution?',
  'I need to enable push for one user. What is missing?',
  'He uses the following settings',
  'For example wren cannot log in, marlow can',
  'When I try it with the code it works',
  'The user may be in the wrong group',
  'This should be right, or?',
  'Our provider said the line is fine. Config:',
  'Support asked for this:',
  'A colleague told me to switch push on, did that:',
  'Our consultant recommended push and set this up:',
  'You can see the settings here:',
] as const;

/** Text about configuration: no device printed it. */
export const INSTRUCTIONS: readonly (readonly [what: string, text: string])[] = [
  [
    'a guess',
    `A chat bot says:\n\n> Your configuration probably looks like this:\n>\n> ${BLOCK.replaceAll('\n', '\n> ')}`,
  ],
  ['a possibility', `The firewall may have this:\n\n${BLOCK}`],
  [
    'a reference with bars in brackets',
    `config system ftm-push
    Description: Configure push services.
    set proxy [enable|disable]
    set server {string}
    set server-port {integer}
    set status [enable|disable]
end`,
  ],
  [
    'a reference with braces',
    `Syntax

config system ftm-push
   set status {enable | disable}
   set server-port <port_int>
end`,
  ],
  ['a placeholder', `config system ftm-push\n    set server <public-ip>\n    set status enable\nend`],
  [
    'a placeholder as a name',
    `config system interface\n edit <wan>\n set allowaccess ping https ftm\n next\nend`,
  ],
  ['a template', `config system ftm-push\n    set server {{ public_ip }}\n    set status enable\nend`],
  ['typed verbs', `config system interface\n    edit "wan1"\n        append allowaccess ftm\n    next\nend`],
  ['a ticket that asks', `Hi team, please run\n\n${TYPED}\n\nand tell us whether it works.`],
  ['a mail with steps', `Step 2: Enable the service\n${BLOCK}\nStep 3: test a login`],
  ['a numbered step', `1. Enable push on the FortiGate:\n${BLOCK}`],
  ['a how-to', `To enable FortiToken push, use the CLI:\n${BLOCK}`],
  ['advice', `You should set the server and the status, for example:\n\n${BLOCK}`],
  ['what it has to be', `The configuration must look as follows\n${BLOCK}`],
  [
    'an article',
    `Technical Tip: push\n\nDescription\nThis article describes push.\n\nScope\nFortiGate.\n\nSolution\nThe service is off by default.\n\n${BLOCK}`,
  ],
  ['a reply in another language', `Bitte einmal ausführen:\n${TYPED}`],
  ['what somebody else said', `Our vendor says push must be off during the change, like so:\n\n${TYPED}`],
  ['what somebody must not have', `The customer must not have this:\n\n${BLOCK}`],
  ['what it should not look like', `It shouldn't look like this:\n\n${BLOCK}`],
  ['a warning', `Never use this:\n\n${BLOCK}`],
  ['a condition', `If you see this, push is switched on:\n\n${BLOCK}`],
  ['a default', `According to the documentation the default is:\n\n${BLOCK}`],
  ['a sample', `Sample output from the knowledge base:\n\n${BLOCK}`],
  ['what nobody has', `A wrong configuration would be:\n\n${BLOCK}`],
  ['a suggestion', `I suggest to do\n\n${TYPED}`],
  ['advice in German', `So sollte es nicht aussehen:\n\n${BLOCK}`],
  ['the command in a chat', `try this:\n\`\`\`\n${TYPED}\n\`\`\``],
  [
    'a tutorial in Markdown with front matter',
    `---\ntitle: "Push for everybody"\n---\n\n# Push for everybody\n\nFactory state:\n\n## Step one\n\nA frequent mistake is a service that is off:\n\n\`\`\`\n${BLOCK}\n\`\`\``,
  ],
  [
    'a tutorial in Markdown with a title, in its second block',
    `# Push with FortiToken\n\n## The service\n\nIt looks so afterwards.\n\n\`\`\`\n${BLOCK}\n\`\`\`\n\n## Again\n\n\`\`\`text\n${BLOCK}\n\`\`\``,
  ],
  ...ASKING.map((said) => [said, `${said}\n\n${BLOCK}`] as const),
];

/** What a device printed, whatever people write around it. */
export const PRINTED: readonly (readonly [what: string, text: string])[] = [
  ['a block alone', BLOCK],
  ['a block whose margin a chat took off', TYPED],
  ['below a comment that asks about it', `# "Is it safe to paste this in a forum?" -- Ines\n${BLOCK}`],
  ['with a word of who it is from', `Here is our configuration:\n${BLOCK}`],
  ['with a request for help', `Push does not work, this is what I have:\n\n${BLOCK}\n\nPlease help.`],
  ['with a question', `What is wrong with it?\n${BLOCK}`],
  ['with the word default', `Push runs with default settings here:\n${BLOCK}`],
  ['with what does not happen', `It should work with this but it does not:\n${BLOCK}`],
  ['with a negation about something else', `We don't get a push. Config below\n${BLOCK}`],
  ['with a polite wish', `It would be great if somebody could look at this:\n${BLOCK}`],
  ['beside a setting that is not used', `I do not use VDOMs, and push fails:\n${BLOCK}`],
  ['with what a page shows', `According to the GUI push is on:\n${BLOCK}`],
  ['from a customer', `Customer sent:\n${BLOCK}`],
  ['with what users do', `The phone stays silent, so she has to type the six digits:\n${BLOCK}`],
  ['after a polite word', `Please have a look, here is the current config:\n${BLOCK}`],
  ['what somebody else asked for', `Support asked for the output, here it is:\n${BLOCK}`],
  [
    'in a ticket with headings in Markdown',
    `Push fails since Monday.\n\n## Configuration\n\n\`\`\`\n${BLOCK}\n\`\`\``,
  ],
  [
    'in a page of notes, as output',
    `# Notes of the outage\n\n## Branch 07\n\nOur current settings:\n\n\`\`\`\n${BLOCK}\n\`\`\``,
  ],
  [
    'a session in a page in Markdown',
    `# Notes of the outage\n\n## Branch 07\n\n\`\`\`\nfgt # show system ftm-push\n${BLOCK}\n\nfgt # \n\`\`\``,
  ],
  ['labelled', `Output:\n${BLOCK}`],
  ['from a backup', `From the backup of last night\n${BLOCK}`],
  ['a session', `fgt # show system ftm-push\n${BLOCK}\n\nfgt # `],
  [
    'a session that somebody was asked for',
    `Please run this and send it:\n\nfgt # show system ftm-push\n${BLOCK}\n\nfgt # `,
  ],
  ['with a quoted placeholder, as the device took it', BLOCK.replace('198.51.100.10', '<public-ip>')],
  [
    'with a hidden secret',
    `config user radius\n    edit "r1"\n        set server "192.0.2.7"\n        set secret <secret#1>\n    next\nend`,
  ],
  [
    'with braces in a text',
    `config system replacemsg admin "post_admin-disclaimer-text"\n    set buffer "{enable | disable} <public-ip>"\nend\n${BLOCK}`,
  ],
  [
    'a long one with an address hidden by hand',
    `config system interface\n${Array.from({ length: 12 }, (_, at) => `    edit "port${at}"\n        set ip <hidden address> 255.255.255.0\n        set allowaccess ping\n    next`).join('\n')}\nend`,
  ],
  ...TOLD.map((said) => [said, `${said}\n\n${BLOCK}`] as const),
  [
    'a backup with advice above',
    `Please restore the following:\n#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n${BLOCK}`,
  ],
];
