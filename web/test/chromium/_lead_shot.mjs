import { chromium } from 'playwright-core';
const B=process.env.B||'http://127.0.0.1:18080';
const [,, account, size, out, ...steps]=process.argv; // steps: path or click:text
const [w,h]=size.split('x').map(Number);
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync']});
const c=await b.newContext({viewport:{width:w,height:h},deviceScaleFactor:1,locale:'de-DE',colorScheme:process.env.DARK?'dark':'light',hasTouch:w<1000});
const p=await c.newPage(); p.on('console',m=>{if(['error','warning'].includes(m.type()))console.log('console',m.type(),m.text().slice(0,300))}); p.on('pageerror',e=>console.log('pageerror',e.message));
if(account!=='-'){ await p.goto(B+'/auth/login?return=/app/'); await p.fill('input[name=login]',account+'@demo.example'); await p.fill('input[name=password]','demo'); await p.click('button[type=submit]'); await p.waitForURL(/\/app\//); }
let n=0;
for(const s of steps){ if(s.startsWith('click:')) await p.getByText(s.slice(6),{exact:false}).first().click({timeout:5000}); else if(s.startsWith('css:')) await p.click(s.slice(4)); else if(s.startsWith('type:')) await p.keyboard.type(s.slice(5)); else if(s.startsWith('key:')) await p.keyboard.press(s.slice(4)); else if(s.startsWith('wait:')) await p.waitForTimeout(+s.slice(5)); else await p.goto(B+s); await p.waitForTimeout(700); }
await p.waitForTimeout(1200); await p.screenshot({path:`/tmp/shots/${out}.png`}); console.log(p.url()); await b.close();
