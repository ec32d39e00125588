import json,glob,sys,hashlib
G='/work/shared/gold/dev/'
docs={}
for f in ('fakes','airwars'):
    for l in open(f'/work/shared/corpora/{f}/reports.jsonl'):
        r=json.loads(l); docs[str(r['id'])]=r
names=sorted(x.split('/')[-1][:-5] for x in glob.glob(G+'*.json'))
held=sorted(names,key=lambda n:hashlib.sha256(n.encode()).hexdigest())[:30]
vis=[n for n in names if n not in held]
if __name__=='__main__':
    a,b=int(sys.argv[1]),int(sys.argv[2])
    for n in vis[a:b]:
        d=json.load(open(G+n+'.json')); r=docs[n]
        print('='*10,n,r['outlet'],r['published'],'|',r['title'][:100]); print(r['text'])
        for c in d['claims']:
            e=c['evidence']
            s=f"  [{e['start']}-{e['end']}] {c['type'].upper()} {c['stance']} «{e['text']}»"
            for k in ('speaker','speaker_name','relay','agents','targets','groups','method','place','time'):
                if c[k] and not (k=='speaker_name' and c[k]==c['speaker']): s+=f" | {k}={c[k]}"
            if c['count']: s+=f" | count={c['count']['text']!r} {c['count']['low']},{c['count']['high']}"
            if c['date_from']: s+=f" | {c['date_from']}..{c['date_to']}"
            if c['in_title']: s+=" | TITLE"
            print(s)
