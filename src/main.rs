use esep::*;
fn main(){
    let mut files = files::Files::default();
    fn walk(dir:&std::path::Path, files:&mut files::Files){ for e in std::fs::read_dir(dir).unwrap(){ let p=e.unwrap().path(); if p.is_dir(){walk(&p,files)} else { files.insert(p.to_string_lossy().trim_start_matches("./").to_string(), std::fs::read(&p).unwrap()); } } }
    walk(std::path::Path::new("./data"), &mut files);
    walk(std::path::Path::new("./templates"), &mut files);
    files.insert("study.yaml", std::fs::read("study.yaml").unwrap());
    let mut d = diagnostic::Diagnostics::default();
    let catalog = catalog::read(&files,&mut d);
    let study = study::Study::read(&files,&mut d);
    if let (Some(c),Some(s))=(catalog,study){
        if let Ok(data)=dataset::open(&c,&files,&mut d){
            let lib = page::read(&s,&c.territories,&files,&mut d);
            for (n,e) in &s.editions { let t=std::time::Instant::now(); let ed=std::sync::Arc::new(analysis::compute(&s,n,e,&c,&data,&mut d)); eprintln!("{n} {:?} {} series", t.elapsed(), ed.findings.iter().count());
              let ex=exhibit::build(&s,&ed,&mut d); eprintln!("{} figures {} tables", ex.figures.len(), ex.tables.len());
              for l in &lib.languages { let t=std::time::Instant::now(); if let Some(p)=page::compose(&lib,&s,&ed,*l,&mut d){ eprintln!("{:?} {:?} {} numbers", l, t.elapsed(), p.numbers.len()); std::fs::write(format!("/tmp/page-{n}-{}.md",l.code()), &p.text).unwrap(); } }
              for x in std::env::args().skip(1) { match expression::ask(&x,&*ed){Ok(f)=>println!("{} = {} [{}]", f.id,f.cell.value,f.unit),Err(p)=>println!("{x}: {p:?}")} } }
        }
    }
    let l=d.sorted(); print!("{}", diagnostic::human(&l,&|p|files.text(p),false));
}
